import type { LoggedModelOrder } from '../logged-model';
import type { Place } from './logged-model-place';
import type { ModelOrder } from './logged-model-order';
import { attributeSql } from './model-columns';
import type { SqlValues } from './sql-values';

/** One column of an order in SQL. */
export interface OrderTerm {
  /** Brings the column's value to each model `m`. */
  readonly join?: string;
  readonly sql: string;
  readonly descending: boolean;
  readonly nullable: boolean;
  /** The value as text for a page token, from {@link sql} unless told, and back. */
  readonly asText: string;
  readonly fromText: (text: string, values: SqlValues) => string;
  /** What such a text looks like. */
  readonly pattern: RegExp;
}

const number = /^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/;
const text = /^[^\0]*$/;

function attributeTerm({ column, descending }: ModelOrder): OrderTerm {
  const { sql: value, type, nullable } = attributeSql(column.name);
  const sql = type === 'text' ? `${value} COLLATE "C"` : value;
  return {
    sql,
    descending,
    nullable,
    asText: `${value}::text`,
    fromText: (bound, values) => values.add(bound, type),
    pattern: type === 'text' ? text : number,
  };
}

function onDataset(dataset: LoggedModelOrder['dataset'], values: SqlValues): string {
  const name = dataset?.name === undefined ? '' : ` AND x.dataset_name = ${values.add(dataset.name, 'text')}`;
  const digest = dataset?.digest === undefined ? '' : ` AND x.dataset_digest = ${values.add(dataset.digest, 'text')}`;
  return name + digest;
}

/** The latest point counts: by time, then step, then the candidate. NaN is as good as none. */
function metricTerm({ column, descending, dataset }: ModelOrder, index: number, values: SqlValues): OrderTerm {
  const point = `SELECT NULLIF(x.value, 'NaN') AS value FROM assay.logged_model_metrics x
      WHERE x.project_id = m.project_id AND x.model_id = m.model_id AND x.name = ${values.add(column.name, 'text')}${onDataset(dataset, values)}
      ORDER BY x.tracked_at DESC, x.step DESC, x.candidate_eid LIMIT 1`;
  const sql = `o${index}.value`;
  return {
    join: `LEFT JOIN LATERAL (${point}) o${index} ON true`,
    sql,
    descending,
    nullable: true,
    asText: `${sql}::text`,
    fromText: (value, bound) => bound.add(value, 'float8'),
    pattern: number,
  };
}

/** Newest first, then by id: they make every order total. */
const last: readonly OrderTerm[] = [
  {
    sql: 'm.created_at',
    descending: true,
    nullable: false,
    asText: '(extract(epoch FROM m.created_at) * 1000000)::bigint::text',
    fromText: (value, values) => `(timestamptz 'epoch' + ${values.add(value, 'bigint')} * interval '1 microsecond')`,
    pattern: /^\d{1,16}$/,
  },
  {
    sql: 'm.model_id',
    descending: false,
    nullable: false,
    asText: 'm.model_id',
    fromText: (value, values) => values.add(value, 'text'),
    pattern: /^m-[0-9a-f]{32}$/,
  },
];

/** The terms of an order, in the order in which they weigh. */
export function orderTerms(orders: readonly ModelOrder[], values: SqlValues): OrderTerm[] {
  const asked = orders.map((order, index) =>
    order.column.kind === 'metric' ? metricTerm(order, index, values) : attributeTerm(order),
  );
  return [...asked, ...last];
}

/** For ORDER BY. Models without a value come last in either direction. */
export function orderSql(terms: readonly OrderTerm[]): string {
  return terms
    .map(({ sql, descending, nullable }) => `${sql}${descending ? ' DESC' : ''}${nullable ? ' NULLS LAST' : ''}`)
    .join(', ');
}

/** Holds for the models after the place. */
export function afterSql([term, ...rest]: readonly OrderTerm[], [at, ...others]: Place, values: SqlValues): string {
  if (term === undefined || at === undefined) return 'false';
  const { sql, descending, nullable } = term;
  const further = (): string => afterSql(rest, others, values);
  if (at === null) return `(${sql} IS NULL AND ${further()})`;
  const bound = term.fromText(at, values);
  const beyond = `${sql} ${descending ? '<' : '>'} ${bound}${nullable ? ` OR ${sql} IS NULL` : ''}`;
  return `(${beyond} OR (${sql} = ${bound} AND ${further()}))`;
}
