import { invalid, parseIid, type ProjectId } from '../../common';
import { filterSql, parseFilter, type Comparison, type Filter, type Order } from '../../common/filter';
import type { Statement } from '../../database';
import type { ExperimentSearch } from '../experiment';
import { selectExperiments } from '../experiments.statements';
import { experimentVocabulary } from './experiment-vocabulary';

/** What a page begins after: the last experiment's value in each order column, as text. */
export type Place = readonly string[];

const milliseconds = (column: string): string => `floor(extract(epoch FROM e.${column}) * 1000)::bigint`;
const columns: Readonly<Record<string, { readonly sql: string; readonly cast: string }>> = {
  name: { sql: 'e.name', cast: 'text' },
  experiment_id: { sql: 'e.iid', cast: 'bigint' },
  creation_time: { sql: milliseconds('created_at'), cast: 'bigint' },
  last_update_time: { sql: milliseconds('updated_at'), cast: 'bigint' },
};
const stays = 'e.purge_requested_at IS NULL';
const views = {
  active: 'e.deleted_at IS NULL',
  deleted: `e.deleted_at IS NOT NULL AND ${stays}`,
  all: stays,
} as const;

/** Collects the values of a statement and hands out their placeholders. */
class Values {
  readonly list: unknown[] = [];

  add(value: unknown, cast: string): string {
    this.list.push(value);
    return `$${this.list.length}::${cast}`;
  }
}

function columnOf(name: string): { sql: string; cast: string } {
  const column = columns[name];
  if (column === undefined) throw new Error(`the vocabulary names ${name}, which is no column`);
  return column;
}

function readIid(text: string): number {
  const iid = parseIid(text);
  if (iid === undefined) throw invalid(`filter: experiment_id ${JSON.stringify(text)} is not a whole number`, 'filter');
  return iid;
}

function compare(sql: string, { operator, value }: Comparison, values: Values): string {
  if (operator === 'LIKE' || operator === 'ILIKE') return `${sql} ${operator} ${values.add(value, 'text')} ESCAPE ''`;
  return `${sql} ${operator} ${values.add(value, typeof value === 'number' ? 'float8' : 'text')}`;
}

function attributeCondition(comparison: Comparison, values: Values): string {
  const { column, operator, value } = comparison;
  if (column.name !== 'experiment_id') return compare(columnOf(column.name).sql, comparison, values);
  const iids = (Array.isArray(value) ? (value as string[]) : [String(value)]).map(readIid);
  const found = `e.iid = ANY (${values.add(iids, 'bigint[]')})`;
  return operator === '=' || operator === 'IN' ? found : `NOT (${found})`;
}

function tagCondition(comparison: Comparison, values: Values): string {
  const { column, operator } = comparison;
  const tags = `SELECT FROM assay.experiment_tags t
     WHERE t.project_id = e.project_id AND t.experiment_iid = e.iid AND t.name = ${values.add(column.name, 'text')}`;
  if (operator === 'IS NULL') return `NOT EXISTS (${tags})`;
  if (operator === 'IS NOT NULL') return `EXISTS (${tags})`;
  return `EXISTS (${tags} AND ${compare('t.value', comparison, values)})`;
}

function condition(filter: Filter, values: Values): string {
  return filterSql(filter, (comparison) =>
    comparison.column.kind === 'tag' ? tagCondition(comparison, values) : attributeCondition(comparison, values),
  );
}

function beyond(orders: readonly Order[], place: Place, values: Values): string {
  const equal: string[] = [];
  const ways = orders.map(({ column, descending }, index) => {
    const { sql, cast } = columnOf(column.name);
    const value = values.add(place[index], cast);
    const way = [...equal, `${sql} ${descending ? '<' : '>'} ${value}`].join(' AND ');
    equal.push(`${sql} = ${value}`);
    return `(${way})`;
  });
  return `(${ways.join(' OR ')})`;
}

/** Composes the statement of one page; one row more than the limit tells that there is another. */
export function searchStatement(
  project: ProjectId,
  search: ExperimentSearch,
  orders: readonly Order[],
  place: Place | undefined,
): { statement: Statement; values: unknown[] } {
  const values = new Values();
  const where = [
    `e.project_id = ${values.add(project, 'bigint')}`,
    views[search.view],
    `(${condition(parseFilter(search.filter, experimentVocabulary), values)})`,
    ...(place === undefined ? [] : [beyond(orders, place, values)]),
  ];
  const order = orders.map(({ column, descending }) => `${columnOf(column.name).sql} ${descending ? 'DESC' : 'ASC'}`);
  const places = orders.map(({ column }) => `${columnOf(column.name).sql}::text`);
  const text = `${selectExperiments(`, ARRAY[${places.join(', ')}] AS place`)}
    WHERE ${where.join(' AND ')} ORDER BY ${order.join(', ')} LIMIT ${values.add(search.limit + 1, 'bigint')}`;
  return { statement: { text }, values: values.list };
}
