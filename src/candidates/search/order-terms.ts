import type { Order } from '../../common/filter';
import { attributeSql } from './attributes';
import type { Frame } from './frame';
import { metricValue } from './resolve';

/** What a candidate has where the order looks: a value; not a number; nothing. They sort so in either direction. */
export type Rank = 0 | 1 | 2;

/** One clause of an order in SQL. */
export interface OrderTerm {
  readonly descending: boolean;
  readonly type: 'bigint' | 'double precision' | 'text';
  readonly value: string;
  /** SQL of the {@link Rank}; absent when every candidate of the statement has the same, `fixedRank`. */
  readonly rank?: string;
  readonly fixedRank: Rank;
  /** What brings the value in. */
  readonly join?: string;
}

/** Where params and tags are. */
export const namedTables: ReadonlyMap<string, string> = new Map([
  ['parameter', 'assay.candidate_params'],
  ['tag', 'assay.candidate_tags'],
]);

/** The terms of an order; the first one is fixed to a rank when the statement walks by it. */
export function orderTerms(orders: readonly Order[], frame: Frame, walk: Rank | undefined): OrderTerm[] {
  return orders.map((order, index) => {
    if (index === 0 && walk !== undefined) return walkedTerm(order, walk);
    if (order.column.kind === 'metric') return metricTerm(order, `o${index}`, frame);
    const table = namedTables.get(order.column.kind);
    return table === undefined ? attributeTerm(order, frame) : namedValueTerm(order, table, `o${index}`, frame);
  });
}

function walkedTerm({ column, descending }: Order, rank: Rank): OrderTerm {
  const metric = column.kind === 'metric';
  const type = metric ? 'double precision' : 'text';
  if (rank === 2) return { descending, type, value: `NULL::${type}`, fixedRank: rank };
  return { descending, type, value: metric ? sortedValue('o0', column) : 'o0.value COLLATE "C"', fixedRank: rank };
}

/** The highest and lowest of nothing but NaN is null, which is told by the rank. */
function sortedValue(alias: string, { aggregate = 'latest' }: Order['column']): string {
  return `${alias}.${aggregate}`;
}

function metricTerm({ column, descending }: Order, alias: string, frame: Frame): OrderTerm {
  const id = frame.scope.metrics.get(column.name);
  if (id === undefined) return walkedTerm({ column, descending }, 2);
  return {
    descending,
    type: 'double precision',
    value: sortedValue(alias, column),
    rank: `CASE WHEN ${alias}.latest IS NULL THEN 2 WHEN ${metricValue(alias, column)} = 'NaN' THEN 1 ELSE 0 END`,
    fixedRank: 0,
    join: `LEFT JOIN assay.candidate_metrics ${alias} ON ${alias}.project_id = ${frame.project}
      AND ${alias}.candidate_iid = c.iid AND ${alias}.metric_id = ${frame.values.add(id, 'integer')}`,
  };
}

function namedValueTerm({ column, descending }: Order, table: string, alias: string, frame: Frame): OrderTerm {
  return {
    descending,
    type: 'text',
    value: `${alias}.value COLLATE "C"`,
    rank: absence(`${alias}.value`),
    fixedRank: 0,
    join: `LEFT JOIN ${table} ${alias} ON ${alias}.project_id = ${frame.project}
      AND ${alias}.candidate_iid = c.iid AND ${alias}.name = ${frame.values.add(column.name, 'text')}`,
  };
}

function attributeTerm({ column, descending }: Order, frame: Frame): OrderTerm {
  const { type, sql, nullable } = attributeSql(column.name, frame);
  const value = type === 'text' ? `(${sql}) COLLATE "C"` : sql;
  return { descending, type, value, fixedRank: 0, ...(nullable === true ? { rank: absence(sql) } : {}) };
}

function absence(sql: string): string {
  return `CASE WHEN ${sql} IS NULL THEN 2 ELSE 0 END`;
}
