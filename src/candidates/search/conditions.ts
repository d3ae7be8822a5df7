import { filterSql, type Comparison, type Filter, type Operator } from '../../common/filter';
import { attributeCondition } from './attribute-conditions';
import type { Frame } from './frame';
import { metricValue } from './resolve';
import type { SqlValues } from './sql-values';
import { exists, sqlOperator, textCondition } from './sql-conditions';

/** How much of a param or tag its index holds, in characters. */
export const indexedLength = 200;
/** The tag of an input that says what the dataset was used for. */
const contextTag = 'mlflow.data.context';

/** The SQL of a filter over the candidate `c`. */
export function conditionSql(filter: Filter, frame: Frame): string {
  return filterSql(filter, (comparison) => comparisonSql(comparison, frame));
}

function comparisonSql(comparison: Comparison, frame: Frame): string {
  switch (comparison.column.kind) {
    case 'metric':
      return metricSql(comparison, frame);
    case 'parameter':
      return namedValueSql('assay.candidate_params', comparison, frame);
    case 'tag':
      return namedValueSql('assay.candidate_tags', comparison, frame);
    case 'dataset':
      return datasetSql(comparison, frame);
    default:
      return attributeCondition(comparison, frame);
  }
}

/** NaN equals nothing and is neither above nor below anything. */
function metricSql({ column, operator, value }: Comparison, frame: Frame): string {
  const id = frame.scope.metrics.get(column.name);
  if (id === undefined) return 'false';
  if (id === frame.walkedMetric) return metricCondition(metricValue('o0', column), operator, value, frame.values);
  const row = `SELECT FROM assay.candidate_metrics f
    WHERE f.project_id = ${frame.project} AND f.candidate_iid = c.iid AND f.metric_id = ${frame.values.add(id, 'integer')}${ranged(frame)}`;
  return exists(`${row} AND ${metricCondition(metricValue('f', column), operator, value, frame.values)}`, frame);
}

/** Lets the index over values be used; for a single candidate it would be the wrong one. */
function ranged({ rowByRow, experiment }: Frame): string {
  return rowByRow ? '' : ` AND f.experiment_iid = ${experiment}`;
}

/** The SQL of a metric's value meeting a comparison. */
export function metricCondition(
  sql: string,
  operator: Operator,
  value: Comparison['value'],
  values: SqlValues,
): string {
  const holds = `${sql} ${sqlOperator(operator)} ${values.add(value, 'double precision')}`;
  return operator.startsWith('>') ? `${holds} AND ${sql} < 'NaN'` : holds;
}

function namedValueSql(table: string, comparison: Comparison, frame: Frame): string {
  const { column, operator, value } = comparison;
  const row = `SELECT FROM ${table} f WHERE f.project_id = ${frame.project} AND f.candidate_iid = c.iid`;
  if (operator === '=') {
    return exists(`${row} AND ${namedValueMatch(column.name, String(value), frame.values)}`, frame);
  }
  const named = `${row} AND f.name = ${frame.values.add(column.name, 'text')}`;
  if (operator === 'IS NULL') return `NOT ${exists(named, frame)}`;
  if (operator === 'IS NOT NULL') return exists(named, frame);
  return exists(`${named} AND ${textCondition('f.value', operator, value, frame)}`, frame);
}

/** The SQL of a param or tag `f` having exactly this value. The index over values holds their beginnings only. */
export function namedValueMatch(name: string, value: string, values: SqlValues): string {
  const characters = Array.from(value);
  const beginning = values.add(characters.slice(0, indexedLength).join(''), 'text');
  const match = `f.name = ${values.add(name, 'text')} AND left(f.value, ${indexedLength}) = ${beginning} COLLATE "C"`;
  return characters.length < indexedLength ? match : `${match} AND f.value = ${values.add(value, 'text')}`;
}

function datasetSql({ column, operator, value }: Comparison, frame: Frame): string {
  const inputs = `SELECT FROM assay.candidate_inputs i`;
  const own = `i.project_id = ${frame.project} AND i.candidate_iid = c.iid`;
  if (column.name === 'context') {
    const context = textCondition(`(i.tags ->> '${contextTag}')`, operator, value, frame);
    return exists(`${inputs} WHERE ${own} AND ${context}`, frame);
  }
  const field = column.name === 'digest' ? 'd.digest' : 'd.name';
  const datasets = 'JOIN assay.datasets d ON d.project_id = i.project_id AND d.dataset_id = i.dataset_id';
  return exists(`${inputs} ${datasets} WHERE ${own} AND ${textCondition(field, operator, value, frame)}`, frame);
}
