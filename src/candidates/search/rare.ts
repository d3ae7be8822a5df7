import type { Comparison, Filter } from '../../common/filter';
import type { Queryable } from '../../database';
import { linksOf } from '../linked';
import { attributeCondition, wholeNumber } from './attribute-conditions';
import { metricCondition, namedValueMatch } from './conditions';
import { makeFrame, type Frame } from './frame';
import { namedTables } from './order-terms';
import type { Scope } from './scope';

const indexedAttributes: ReadonlySet<string> = new Set([
  'run_id',
  'commit',
  'branch',
  'merge_request',
  'ancestor_run_id',
]);

/** The candidates that can meet a part of a filter; undefined when they are many, or unknown. */
type Few = readonly number[] | undefined;

/** The comparisons to ask for, so that something can be told of the filter. */
function worthProbing(filter: Filter, scope: Scope): Comparison[] {
  if (filter.type === 'comparison') return isIndexed(filter, scope) ? [filter] : [];
  if (filter.type === 'not') return [];
  const terms = filter.terms.map((term) => worthProbing(term, scope));
  return filter.type === 'or' && terms.some(({ length }) => length === 0) ? [] : terms.flat();
}

function isIndexed({ column, operator }: Comparison, { metrics }: Scope): boolean {
  if (namedTables.has(column.kind)) return operator === '=';
  if (column.kind === 'metric') {
    return !metrics.has(column.name) || (operator !== '!=' && (column.aggregate ?? 'latest') === 'latest');
  }
  const equals = operator === '=' || operator === 'IN';
  return equals && column.kind === 'attribute' && indexedAttributes.has(column.name);
}

function combine(filter: Filter, found: ReadonlyMap<Comparison, Few>, fewest: number): Few {
  if (filter.type === 'comparison') return found.get(filter);
  if (filter.type === 'not') return undefined;
  const terms = filter.terms.map((term) => combine(term, found, fewest));
  return filter.type === 'and' ? fewestOf(terms) : unionOf(terms, fewest);
}

function fewestOf(some: readonly Few[]): Few {
  return some.filter((few) => few !== undefined).sort((one, other) => one.length - other.length)[0];
}

function unionOf(all: readonly Few[], fewest: number): Few {
  const iids = new Set<number>();
  for (const few of all) {
    if (few === undefined) return undefined;
    for (const iid of few) iids.add(iid);
  }
  return iids.size > fewest ? undefined : [...iids];
}

/**
 * All candidates that can meet the filter, when there are at most `fewest`; undefined when they are more, or can only be known by
 * looking at each candidate. PostgreSQL keeps no statistics of single metrics, so it cannot know this when it plans.
 */
export async function rareCandidates(database: Queryable, scope: Scope, filter: Filter, fewest: number): Promise<Few> {
  const found = new Map<Comparison, Few>();
  const frame = makeFrame(scope, { span: 'all', walkedMetric: undefined, rowByRow: false });
  const asked: Comparison[] = [];
  const probes: string[] = [];
  for (const comparison of worthProbing(filter, scope)) {
    const known = knownAlready(comparison, scope);
    if (known !== undefined) found.set(comparison, atMost(known, fewest));
    else {
      asked.push(comparison);
      probes.push(`SELECT ARRAY(${probeSql(comparison, frame, fewest)} LIMIT ${fewest + 1}) AS iids`);
    }
  }
  if (probes.length > 0) {
    const text = probes.join('\nUNION ALL ');
    const rows = await database.query<{ iids: number[] }>({ text }, frame.values.all);
    asked.forEach((comparison, index) => found.set(comparison, atMost(rows[index]?.iids ?? [], fewest)));
  }
  return combine(filter, found, fewest);
}

function atMost(iids: readonly number[], fewest: number): Few {
  return iids.length <= fewest ? iids : undefined;
}

function knownAlready({ column, value }: Comparison, { metrics, descendants }: Scope): readonly number[] | undefined {
  if (column.kind === 'metric') return metrics.has(column.name) ? undefined : [];
  return column.kind === 'attribute' && column.name === 'ancestor_run_id'
    ? (descendants.get(String(value)) ?? [])
    : undefined;
}

function probeSql(comparison: Comparison, frame: Frame, fewest: number): string {
  const { column, value } = comparison;
  const { project, values } = frame;
  const table = namedTables.get(column.kind);
  if (table !== undefined) {
    const match = namedValueMatch(column.name, String(value), values);
    return `SELECT f.candidate_iid FROM ${table} f WHERE f.project_id = ${project} AND ${match} ORDER BY f.candidate_iid`;
  }
  if (column.kind === 'metric') return metricProbe(comparison, frame, fewest);
  if (column.name === 'merge_request') {
    return `SELECT l.candidate_iid ${linksOf(project)} AND l.merge_request_iid = ${wholeNumber(value, values)}`;
  }
  return `SELECT c.iid FROM assay.candidates c WHERE c.project_id = ${project} AND ${attributeCondition(comparison, frame)}`;
}

function metricProbe(
  { column, operator, value }: Comparison,
  { scope, values, project }: Frame,
  fewest: number,
): string {
  const iids = scope.experiments.map(({ iid }) => iid);
  return `SELECT f.candidate_iid FROM unnest(${values.add(iids, 'bigint[]')}) AS e (iid), LATERAL (
      SELECT m.candidate_iid FROM assay.candidate_metrics m
      WHERE m.project_id = ${project} AND m.experiment_iid = e.iid
        AND m.metric_id = ${values.add(scope.metrics.get(column.name), 'integer')}
        AND ${metricCondition('m.latest', operator, value, values)}
      ORDER BY m.latest LIMIT ${fewest + 1}) AS f`;
}
