import {
  listOperators,
  numberOperators,
  optionalTextOperators,
  textOperators,
  type ColumnKind,
  type ColumnRule,
  type Operator,
  type Vocabulary,
} from '../../common/filter';

const time: ColumnRule = { value: 'number', operators: numberOperators };
const text: ColumnRule = { value: 'text', operators: textOperators };
const listed: ColumnRule = { value: 'text', operators: listOperators };
const optional: ColumnRule = { value: 'text', operators: optionalTextOperators };
const dataset: ColumnRule = { ...listed, ordered: false };
const startTime: ColumnRule = { ...time, name: 'start_time' };
const runName: ColumnRule = { ...text, name: 'run_name', ordered: false };

const nullable: readonly Operator[] = ['IS NULL', 'IS NOT NULL'];
const optionalListed: ColumnRule = { value: 'text', operators: [...listOperators, ...nullable] };
const parent: ColumnRule = { ...optionalListed, name: 'parent_run_id', ordered: false };
const ancestor: ColumnRule = { value: 'text', operators: ['='], name: 'ancestor_run_id', ordered: false };

/** Beyond MLflow's: what ties candidates to the code and to each other. */
const own: readonly (readonly [name: string, rule: ColumnRule])[] = [
  ['merge_request', { value: 'number', operators: ['=', '!=', ...nullable], ordered: false }],
  ['commit', optionalListed],
  ['branch', optionalListed],
  ['author', listed],
  ['parent_run_id', parent],
  ['parent', parent],
  ['ancestor_run_id', ancestor],
  ['ancestor', ancestor],
];

const attributes = new Map<string, ColumnRule>([
  ['run_id', listed],
  ['run_name', text],
  ['status', text],
  ['start_time', time],
  ['end_time', time],
  ['user_id', text],
  ['artifact_uri', text],
  ['created', startTime],
  ['Created', startTime],
  ['run name', runName],
  ['Run name', runName],
  ['Run Name', runName],
  ...own,
]);

const written: readonly (readonly [kind: string, prefixes: readonly string[], columns: ColumnKind])[] = [
  ['metric', ['metrics', 'metric'], { value: 'number', operators: numberOperators }],
  ['parameter', ['params', 'param', 'parameters', 'parameter'], optional],
  ['tag', ['tags', 'tag'], optional],
  ['attribute', ['attributes', 'attribute', 'attr', 'run'], attributes],
  [
    'dataset',
    ['dataset', 'datasets'],
    new Map([
      ['name', dataset],
      ['digest', dataset],
      ['context', dataset],
    ]),
  ],
];

/** What a search over candidates may name: MLflow's words for runs, as its client 3.17.2 reads them, and a few of ours. */
export const candidateVocabulary: Vocabulary = {
  prefixes: new Map(written.flatMap(([kind, prefixes]) => prefixes.map((prefix) => [prefix, kind] as const))),
  kinds: new Map(written.map(([kind, , columns]) => [kind, columns])),
  bare: 'attribute',
};
