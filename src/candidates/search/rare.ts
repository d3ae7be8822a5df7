import type { Comparison } from '../../common/filter';
import type { Queryable } from '../../database';
import { namedValueMatch } from './conditions';
import type { Scope } from './scope';
import { SqlValues } from './sql-values';

/**
 * The candidates that meet one of the comparisons, when there are at most `fewest`; undefined when each of them is met by many or can only be
 * known by looking at each candidate. PostgreSQL keeps no statistics of single metrics, so it cannot know this when it plans.
 */
export async function rareCandidates(
  database: Queryable,
  scope: Scope,
  comparisons: readonly Comparison[],
  fewest: number,
): Promise<readonly number[] | undefined> {
  const values = new SqlValues();
  const probes = comparisons.flatMap((comparison) => probeSql(comparison, scope, values, fewest) ?? []);
  if (probes.length === 0) return undefined;
  const text = probes.map((probe) => `SELECT ARRAY(${probe} LIMIT ${fewest + 1}) AS iids`).join('\nUNION ALL ');
  const rows = await database.query<{ iids: number[] }>({ text }, values.all);
  const few = rows.map(({ iids }) => iids).filter(({ length }) => length <= fewest);
  return few.sort((one, other) => one.length - other.length)[0];
}

function probeSql(comparison: Comparison, scope: Scope, values: SqlValues, fewest: number): string | undefined {
  const { column, operator, value } = comparison;
  const table = { parameter: 'assay.candidate_params', tag: 'assay.candidate_tags' }[column.kind];
  if (table !== undefined && operator === '=') {
    const match = namedValueMatch(comparison, values);
    return `SELECT f.candidate_iid FROM ${table} f
      WHERE f.project_id = ${values.add(scope.project, 'bigint')} AND ${match} ORDER BY f.candidate_iid`;
  }
  const metric = column.kind === 'metric' ? scope.metrics.get(column.name) : undefined;
  if (metric === undefined || operator === '!=') return undefined;
  const iids = scope.experiments.map(({ iid }) => iid);
  return `SELECT f.candidate_iid FROM unnest(${values.add(iids, 'bigint[]')}) AS e (iid), LATERAL (
      SELECT m.candidate_iid FROM assay.candidate_metrics m
      WHERE m.project_id = ${values.add(scope.project, 'bigint')} AND m.experiment_iid = e.iid
        AND m.metric_id = ${values.add(metric, 'integer')}
        AND m.latest ${operator} ${values.add(value, 'double precision')} AND m.latest < 'NaN'
      ORDER BY m.latest LIMIT ${fewest + 1}) AS f`;
}
