import {
  numberOperators,
  optionalTextOperators,
  textOperators,
  type ColumnKind,
  type ColumnRule,
  type Vocabulary,
} from '../../common/filter';

/** The columns by which experiments are found and ordered. */
export const experimentVocabulary: Vocabulary = {
  prefixes: new Map([
    ['attribute', 'attribute'],
    ['tag', 'tag'],
    ['tags', 'tag'],
  ]),
  kinds: new Map<string, ColumnKind>([
    [
      'attribute',
      new Map<string, ColumnRule>([
        ['name', { value: 'text', operators: textOperators }],
        ['experiment_id', { value: 'text', operators: ['=', '!=', 'IN', 'NOT IN'] }],
        ['creation_time', { value: 'number', operators: numberOperators }],
        ['last_update_time', { value: 'number', operators: numberOperators }],
      ]),
    ],
    ['tag', { value: 'text', operators: optionalTextOperators, ordered: false }],
  ]),
  bare: 'attribute',
};
