import { filterSql, type Comparison, type Filter, type Operator } from '../../common/filter';
import { attributeSql } from './attributes';
import type { Frame } from './frame';
import type { SqlValues } from './sql-values';

const eidPattern = /^[0-9a-f]{32}$/;
/** How much of a param or tag its index holds, in characters. */
const indexedLength = 200;
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
  const bound = frame.values.add(value, 'double precision');
  const holds = (latest: string): string =>
    `${latest} ${sqlOperator(operator)} ${bound}${operator.startsWith('>') ? ` AND ${latest} < 'NaN'` : ''}`;
  if (id === frame.walkedMetric) return holds('o0.latest');
  const row = `SELECT FROM assay.candidate_metrics f
    WHERE f.project_id = ${frame.project} AND f.experiment_iid = ${frame.experiment} AND f.candidate_iid = c.iid
      AND f.metric_id = ${frame.values.add(id, 'integer')}`;
  return exists(`${row} AND ${holds('f.latest')}`, frame);
}

function namedValueSql(table: string, comparison: Comparison, frame: Frame): string {
  const { column, operator, value } = comparison;
  const row = `SELECT FROM ${table} f WHERE f.project_id = ${frame.project} AND f.candidate_iid = c.iid`;
  if (operator === '=') return exists(`${row} AND ${namedValueMatch(comparison, frame.values)}`, frame);
  const named = `${row} AND f.name = ${frame.values.add(column.name, 'text')}`;
  if (operator === 'IS NULL') return `NOT ${exists(named, frame)}`;
  if (operator === 'IS NOT NULL') return exists(named, frame);
  return exists(`${named} AND ${textCondition('f.value', operator, value, frame)}`, frame);
}

/** The SQL of a param or tag `f` having exactly this value. The index over values holds their beginnings only. */
export function namedValueMatch({ column, value }: Comparison, values: SqlValues): string {
  const characters = Array.from(String(value));
  const beginning = values.add(characters.slice(0, indexedLength).join(''), 'text');
  const match = `f.name = ${values.add(column.name, 'text')} AND left(f.value, ${indexedLength}) = ${beginning}`;
  return characters.length < indexedLength ? match : `${match} AND f.value = ${values.add(value, 'text')}`;
}

/** Asked row by row, it is kept out of the planner's joins. */
function exists(rows: string, frame: Frame): string {
  return `EXISTS (${rows}${frame.rowByRow ? ' OFFSET 0' : ''})`;
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

function attributeCondition({ column, operator, value }: Comparison, frame: Frame): string {
  if (column.name === 'run_id' && !operator.endsWith('LIKE')) return eidCondition(operator, value, frame);
  const { type, sql } = attributeSql(column.name, frame);
  if (type === 'text') return textCondition(sql, operator, value, frame);
  const bound = frame.values.add(value, Number.isSafeInteger(value) ? 'bigint' : 'double precision');
  return `${sql} ${sqlOperator(operator)} ${bound}`;
}

function eidCondition(operator: Operator, value: Comparison['value'], frame: Frame): string {
  const eids = [value].flat().filter((text) => eidPattern.test(String(text)));
  const negative = operator === '!=' || operator === 'NOT IN';
  return `${negative ? 'NOT ' : ''}c.eid = ANY (${frame.values.add(eids, 'uuid[]')})`;
}

/** A backslash in a pattern is a backslash, as it is to MLflow on SQLite. */
function textCondition(sql: string, operator: Operator, value: Comparison['value'], frame: Frame): string {
  if (operator === 'IN') return `${sql} = ANY (${frame.values.add(value, 'text[]')})`;
  if (operator === 'NOT IN') return `${sql} <> ALL (${frame.values.add(value, 'text[]')})`;
  const text = frame.values.add(value, 'text');
  return operator.endsWith('LIKE') ? `${sql} ${operator} ${text} ESCAPE ''` : `${sql} ${sqlOperator(operator)} ${text}`;
}

function sqlOperator(operator: Operator): string {
  return operator === '!=' ? '<>' : operator;
}
