import { checkText, invalid } from '../../common';
import type { Column, ColumnType } from './table';

/** What was logged to candidates, by the prefix of its columns. */
export type Logged = 'metrics' | 'params' | 'tags';

/** A column of candidates, and where its cells come from. */
export interface CandidateColumn extends Column {
  readonly from: 'attribute' | Logged;
  /** Of the attribute, metric, param or tag. */
  readonly key: string;
}

/** Columns as they are asked for: `*` is every name that the selection has. */
export type AskedColumn = CandidateColumn | { readonly from: Logged; readonly key: '*' };

const attributeTypes: readonly (readonly [name: string, type: ColumnType])[] = [
  ['iid', 'integer'],
  ['eid', 'text'],
  ['name', 'text'],
  ['status', 'text'],
  ['experiment_iid', 'integer'],
  ['experiment', 'text'],
  ['started_at', 'timestamp'],
  ['ended_at', 'timestamp'],
  ['created_at', 'timestamp'],
  ['deleted_at', 'timestamp'],
  ['user_name', 'text'],
  ['created_by', 'text'],
  ['commit', 'text'],
  ['branch', 'text'],
  ['claimed_merge_request', 'integer'],
];

const attributes = new Map(
  attributeTypes.map(([name, type]): [string, CandidateColumn] => [name, { name, type, from: 'attribute', key: name }]),
);

/** In the order in which their columns stand. */
export const logged: readonly Logged[] = ['metrics', 'params', 'tags'];

/** All columns, as they are when none are named. */
const everything: readonly AskedColumn[] = [
  ...attributes.values(),
  ...logged.map((from): AskedColumn => ({ from, key: '*' })),
];

/**
 * Reads names such as `iid`, `metrics.loss` and `params.*`; none mean everything. A name that nothing was logged under is an empty column.
 * @throws AssayError `invalid`
 */
export function readColumns(names: readonly string[] | undefined): readonly AskedColumn[] {
  if (names === undefined || names.length === 0) return everything;
  return [...new Set(names)].map(readColumn);
}

function readColumn(name: string): AskedColumn {
  checkText(name, 'columns');
  const attribute = attributes.get(name);
  if (attribute !== undefined) return attribute;
  const from = logged.find((prefix) => name.startsWith(`${prefix}.`) && name.length > prefix.length + 1);
  if (from !== undefined) return namedColumn(from, name.slice(from.length + 1));
  throw invalid(
    `columns has ${JSON.stringify(name)}; a column is one of ${[...attributes.keys()].join(', ')}, or metrics., params. or tags. with a name or * after it`,
    'columns',
  );
}

function namedColumn(from: Logged, key: string): AskedColumn {
  return key === '*'
    ? { from, key }
    : { from, key, name: `${from}.${key}`, type: from === 'metrics' ? 'number' : 'text' };
}

/** Puts every name that was found in the place of each `*`, sorted; a column stands once, at its first place. */
export function fillColumns(
  asked: readonly AskedColumn[],
  names: Readonly<Record<Logged, readonly string[]>>,
): CandidateColumn[] {
  const columns = new Map<string, CandidateColumn>();
  for (const column of asked) {
    const filled = 'name' in column ? [column] : names[column.from].map((key) => namedColumn(column.from, key));
    for (const one of filled) if ('name' in one && !columns.has(one.name)) columns.set(one.name, one);
  }
  return [...columns.values()];
}
