import type { ProjectId } from '../../../common';
import { filterSql, type Comparison, type Filter } from '../../../common/filter';
import type { Statement } from '../../../database';
import type { DatasetFilter, LoggedModelSearch } from '../logged-model';
import { selectModels } from '../logged-models.statements';
import type { Place } from './logged-model-place';
import { attributeSql, tableOf } from './model-columns';
import { afterSql, orderSql, type OrderTerm } from './order-terms';
import type { SqlValues } from './sql-values';

function compare(sql: string, { operator, value }: Comparison, values: SqlValues): string {
  if (operator === 'LIKE' || operator === 'ILIKE') return `${sql} ${operator} ${values.add(value, 'text')} ESCAPE ''`;
  if (operator === 'IN') return `${sql} = ANY (${values.add(value, 'text[]')})`;
  if (operator === 'NOT IN') return `${sql} <> ALL (${values.add(value, 'text[]')})`;
  return `${sql} ${operator} ${values.add(value, typeof value === 'number' ? 'float8' : 'text')}`;
}

function measuredOn(datasets: readonly DatasetFilter[], values: SqlValues): string {
  if (datasets.length === 0) return '';
  const ways = datasets.map(({ name, digest }) => {
    const named = `x.dataset_name = ${values.add(name, 'text')}`;
    return digest === undefined ? named : `(${named} AND x.dataset_digest = ${values.add(digest, 'text')})`;
  });
  return ` AND (${ways.join(' OR ')})`;
}

function rowsOf({ kind, name }: Comparison['column'], select: string, values: SqlValues): string {
  return `SELECT ${select} FROM ${tableOf(kind)} x
    WHERE x.project_id = m.project_id AND x.model_id = m.model_id AND x.name = ${values.add(name, 'text')}`;
}

function condition(comparison: Comparison, datasets: readonly DatasetFilter[], values: SqlValues): string {
  const { column, operator } = comparison;
  if (column.kind === 'attribute') return compare(attributeSql(column.name).sql, comparison, values);
  const rows = rowsOf(column, '1', values);
  if (operator === 'IS NULL') return `NOT EXISTS (${rows})`;
  if (operator === 'IS NOT NULL') return `EXISTS (${rows})`;
  const where = column.kind === 'metric' ? measuredOn(datasets, values) : '';
  return `EXISTS (${rows}${where} AND ${compare('x.value', comparison, values)})`;
}

/** What a page is asked of, read and ready. */
export interface SearchParts {
  readonly filter: Filter;
  readonly terms: readonly OrderTerm[];
  /** The first page when absent. */
  readonly after?: Place;
}

/** Composes the statement of one page; one row more than the limit tells that there is another. `place` is where the row stands. */
export function searchStatement(
  project: ProjectId,
  search: Pick<LoggedModelSearch, 'experiments' | 'datasets' | 'limit'>,
  { filter, terms, after }: SearchParts,
  values: SqlValues,
): Statement {
  const datasets = search.datasets ?? [];
  const where = [
    `m.project_id = ${values.add(project, 'bigint')}`,
    `m.experiment_iid = ANY (${values.add(search.experiments, 'bigint[]')})`,
    'm.deleted_at IS NULL',
    `(${filterSql(filter, (comparison) => condition(comparison, datasets, values))})`,
    ...(after === undefined ? [] : [afterSql(terms, after, values)]),
  ];
  if (datasets.length > 0) {
    where.push(`EXISTS (SELECT FROM assay.logged_model_metrics x
      WHERE x.project_id = m.project_id AND x.model_id = m.model_id${measuredOn(datasets, values)})`);
  }
  const joins = terms.flatMap(({ join }) => join ?? []).join('\n');
  const place = `, ARRAY[${terms.map(({ asText }) => asText).join(', ')}] AS place`;
  const text = `${selectModels(place)} ${joins} WHERE ${where.join(' AND ')} ORDER BY ${orderSql(terms)}
    LIMIT ${values.add(search.limit + 1, 'bigint')}`;
  return { text };
}
