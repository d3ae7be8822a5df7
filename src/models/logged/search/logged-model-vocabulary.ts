import {
  listOperators,
  numberOperators,
  optionalTextOperators,
  type ColumnKind,
  type ColumnRule,
  type Vocabulary,
} from '../../../common/filter';

const text: ColumnRule = { value: 'text', operators: listOperators };
const time = (name: string): ColumnRule => ({ value: 'number', operators: numberOperators, name });

/** The columns by which logged models are found and ordered; times are milliseconds since the epoch. */
export const loggedModelVocabulary: Vocabulary = {
  prefixes: new Map(
    ['attribute', 'metric', 'param', 'tag'].flatMap((kind) => [
      [kind, kind],
      [`${kind}s`, kind],
    ]),
  ),
  kinds: new Map<string, ColumnKind>([
    [
      'attribute',
      new Map<string, ColumnRule>([
        ['name', text],
        ['model_id', text],
        ['model_type', text],
        ['status', text],
        ['source_run_id', text],
        ['creation_timestamp', time('creation_timestamp')],
        ['creation_time', time('creation_timestamp')],
        ['last_updated_timestamp', time('last_updated_timestamp')],
        ['last_updated_time', time('last_updated_timestamp')],
      ]),
    ],
    ['metric', { value: 'number', operators: numberOperators }],
    ['param', { value: 'text', operators: [...optionalTextOperators, 'IN', 'NOT IN'], ordered: false }],
    ['tag', { value: 'text', operators: [...optionalTextOperators, 'IN', 'NOT IN'], ordered: false }],
  ]),
  bare: 'attribute',
};
