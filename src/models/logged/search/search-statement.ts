import type { ProjectId } from '../../../common';
import { filterSql, type Comparison, type Filter, type Order } from '../../../common/filter';
import type { Statement } from '../../../database';
import type { DatasetFilter, LoggedModelSearch } from '../logged-model';
import { selectModels } from '../logged-models.statements';

const attributes: Readonly<Record<string, string>> = {
  name: 'm.name',
  model_id: 'm.model_id',
  model_type: 'm.model_type',
  status: 'upper(m.status)',
  source_run_id: `replace(m.candidate_eid::text, '-', '')`,
  creation_timestamp: 'floor(extract(epoch FROM m.created_at) * 1000)',
  last_updated_timestamp: 'floor(extract(epoch FROM m.updated_at) * 1000)',
};
const tables: Readonly<Record<string, string>> = {
  metric: 'assay.logged_model_metrics',
  param: 'assay.logged_model_params',
  tag: 'assay.logged_model_tags',
};

/** Collects the values of a statement and hands out their placeholders. */
class Values {
  readonly list: unknown[] = [];

  add(value: unknown, cast: string): string {
    this.list.push(value);
    return `$${this.list.length}::${cast}`;
  }
}

function known(of: Readonly<Record<string, string>>, name: string): string {
  const sql = of[name];
  if (sql === undefined) throw new Error(`the vocabulary names ${name}, which the statement does not know`);
  return sql;
}

function compare(sql: string, { operator, value }: Comparison, values: Values): string {
  if (operator === 'LIKE' || operator === 'ILIKE') return `${sql} ${operator} ${values.add(value, 'text')} ESCAPE ''`;
  if (operator === 'IN') return `${sql} = ANY (${values.add(value, 'text[]')})`;
  if (operator === 'NOT IN') return `${sql} <> ALL (${values.add(value, 'text[]')})`;
  return `${sql} ${operator} ${values.add(value, typeof value === 'number' ? 'float8' : 'text')}`;
}

function measuredOn(datasets: readonly DatasetFilter[], values: Values): string {
  if (datasets.length === 0) return '';
  const ways = datasets.map(({ name, digest }) => {
    const named = `x.dataset_name = ${values.add(name, 'text')}`;
    return digest === undefined ? named : `(${named} AND x.dataset_digest = ${values.add(digest, 'text')})`;
  });
  return ` AND (${ways.join(' OR ')})`;
}

function rowsOf({ kind, name }: Comparison['column'], select: string, values: Values): string {
  return `SELECT ${select} FROM ${known(tables, kind)} x
    WHERE x.project_id = m.project_id AND x.model_id = m.model_id AND x.name = ${values.add(name, 'text')}`;
}

function condition(comparison: Comparison, datasets: readonly DatasetFilter[], values: Values): string {
  const { column, operator } = comparison;
  if (column.kind === 'attribute') return compare(known(attributes, column.name), comparison, values);
  const rows = rowsOf(column, '1', values);
  if (operator === 'IS NULL') return `NOT EXISTS (${rows})`;
  if (operator === 'IS NOT NULL') return `EXISTS (${rows})`;
  const where = column.kind === 'metric' ? measuredOn(datasets, values) : '';
  return `EXISTS (${rows}${where} AND ${compare('x.value', comparison, values)})`;
}

/** NaN and what is missing come last in either direction. */
function orderTerm({ column, descending }: Order, values: Values): string {
  const direction = `${descending ? 'DESC' : 'ASC'} NULLS LAST`;
  if (column.kind === 'attribute') return `${known(attributes, column.name)} ${direction}`;
  if (column.kind !== 'metric') return `(${rowsOf(column, 'x.value', values)}) ${direction}`;
  const latest = rowsOf(column, `NULLIF(x.value, 'NaN')`, values);
  return `(${latest} ORDER BY x.tracked_at DESC, x.step DESC LIMIT 1) ${direction}`;
}

/** Composes the statement of one page; one row more than the limit tells that there is another. */
export function searchStatement(
  project: ProjectId,
  search: Pick<LoggedModelSearch, 'experiments' | 'datasets' | 'limit'>,
  { filter, orders, offset }: { readonly filter: Filter; readonly orders: readonly Order[]; readonly offset: number },
): { statement: Statement; values: unknown[] } {
  const values = new Values();
  const datasets = search.datasets ?? [];
  const where = [
    `m.project_id = ${values.add(project, 'bigint')}`,
    `m.experiment_iid = ANY (${values.add(search.experiments, 'bigint[]')})`,
    'm.deleted_at IS NULL',
    `(${filterSql(filter, (comparison) => condition(comparison, datasets, values))})`,
  ];
  if (datasets.length > 0) {
    where.push(`EXISTS (SELECT FROM assay.logged_model_metrics x
      WHERE x.project_id = m.project_id AND x.model_id = m.model_id${measuredOn(datasets, values)})`);
  }
  const order = [...orders.map((term) => orderTerm(term, values)), 'm.created_at DESC', 'm.model_id'];
  const text = `${selectModels} WHERE ${where.join(' AND ')} ORDER BY ${order.join(', ')}
    LIMIT ${values.add(search.limit + 1, 'bigint')} OFFSET ${values.add(offset, 'bigint')}`;
  return { statement: { text }, values: values.list };
}
