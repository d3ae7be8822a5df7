import { statement, type Statement } from '../../database';
import type { Logged } from './columns';

/** Each candidate is looked up by itself: rows of points and summaries are only ever found by their key. */
const names = {
  metrics: `SELECT n.name FROM (
      SELECT DISTINCT k.metric_id FROM unnest($2::bigint[]) AS s (iid) CROSS JOIN LATERAL (
        SELECT x.metric_id FROM assay.candidate_metrics x WHERE x.project_id = $1 AND x.candidate_iid = s.iid OFFSET 0) AS k
      LIMIT $3) AS m
    JOIN assay.metric_names n ON n.project_id = $1 AND n.metric_id = m.metric_id`,
  params: distinctNames('candidate_params'),
  tags: distinctNames('candidate_tags'),
};

function distinctNames(table: string): string {
  return `SELECT DISTINCT k.name FROM unnest($2::bigint[]) AS s (iid) CROSS JOIN LATERAL (
      SELECT x.name FROM assay.${table} x WHERE x.project_id = $1 AND x.candidate_iid = s.iid OFFSET 0) AS k
    LIMIT $3`;
}

/** The names under which something was logged to the candidates, $3 at most, in no order. */
export const namesOf: Readonly<Record<Logged, Statement>> = {
  metrics: statement('candidates.export.metric-names', names.metrics),
  params: statement('candidates.export.param-names', names.params),
  tags: statement('candidates.export.tag-names', names.tags),
};

/** The numbers of metrics by their names. */
export const metricIds = statement(
  'candidates.export.metric-ids',
  'SELECT metric_id, name FROM assay.metric_names WHERE project_id = $1 AND name = ANY ($2::text[])',
);

const attributes = `c.iid, c.eid, c.name, c.status, c.experiment_iid, e.name AS experiment, c.started_at, c.ended_at,
  (extract(epoch FROM c.created_at) * 1000)::bigint AS created_at, (extract(epoch FROM c.deleted_at) * 1000)::bigint AS deleted_at,
  c.user_name, c.created_by, c.commit_sha AS commit, c.branch, c.claimed_merge_request`;

/** NaN and the infinities become texts in JSON. */
const lists: Readonly<Record<Logged, string>> = {
  metrics: 'json_object_agg(x.metric_id, x.latest) FROM assay.candidate_metrics x',
  params: 'json_object_agg(x.name, x.value) FROM assay.candidate_params x',
  tags: 'json_object_agg(x.name, x.value) FROM assay.candidate_tags x',
};

/**
 * Candidates by their numbers, in no order, with what was logged to them as JSON objects.
 * @param wanted the lists to read; `only` has the names (of metrics: the numbers) in a placeholder such as `$3::text[]`
 */
export function rowsStatement(wanted: readonly { readonly from: Logged; readonly only?: string }[]): Statement {
  const selected = wanted.map(({ from, only }) => {
    const key = from === 'metrics' ? 'metric_id' : 'name';
    const named = only === undefined ? '' : ` AND x.${key} = ANY (${only})`;
    return `(SELECT ${lists[from]} WHERE x.project_id = $1 AND x.candidate_iid = c.iid${named}) AS ${from}`;
  });
  const text = `SELECT ${[attributes, ...selected].join(',\n  ')}
FROM assay.candidates c JOIN assay.experiments e ON e.project_id = $1 AND e.iid = c.experiment_iid
WHERE c.project_id = $1 AND c.iid = ANY ($2::bigint[]) AND c.purge_requested_at IS NULL`;
  return { text };
}

/** The metrics of candidates ($2, in their order), all or the named ($3), by name. */
export const seriesOf = statement(
  'candidates.export.series',
  `SELECT s.iid, m.metric_id, n.name FROM unnest($2::bigint[]) WITH ORDINALITY AS s (iid, place)
    JOIN assay.candidates c ON c.project_id = $1 AND c.iid = s.iid AND c.purge_requested_at IS NULL
    CROSS JOIN LATERAL (SELECT x.metric_id FROM assay.candidate_metrics x
      WHERE x.project_id = $1 AND x.candidate_iid = s.iid OFFSET 0) AS m
    JOIN assay.metric_names n ON n.project_id = $1 AND n.metric_id = m.metric_id
    WHERE $3::text[] IS NULL OR n.name = ANY ($3) ORDER BY s.place, n.name COLLATE "C"`,
);

/** The points of series ($2, $3), by series, step, time and value: each is read along its key, so that nothing is sorted or held. */
export const pointsOf: Statement = {
  text: `SELECT s.place, p.step, p.tracked_at, p.value
    FROM unnest($2::bigint[], $3::integer[]) WITH ORDINALITY AS s (iid, metric_id, place) CROSS JOIN LATERAL (
      SELECT x.step, x.tracked_at, x.value FROM assay.metric_points x
        WHERE x.project_id = $1 AND x.candidate_iid = s.iid AND x.metric_id = s.metric_id
        ORDER BY x.step, x.tracked_at, x.value) AS p`,
};
