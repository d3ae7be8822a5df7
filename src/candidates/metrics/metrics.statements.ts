import { statement } from '../../database';

export const summaries = statement(
  'candidates.metric-summaries',
  `SELECT n.name, m.points, m.min, m.max, m.latest, m.latest_step, m.latest_tracked_at,
          m.first, m.first_step, m.first_tracked_at
     FROM assay.candidate_metrics m
     JOIN assay.metric_names n ON n.project_id = m.project_id AND n.metric_id = m.metric_id
    WHERE m.project_id = $1 AND m.candidate_iid = $2 AND n.name COLLATE "C" > $3
    ORDER BY n.name COLLATE "C" LIMIT $4`,
);

export const metricId = statement(
  'candidates.metric-id',
  'SELECT metric_id FROM assay.metric_names WHERE project_id = $1 AND name = $2',
);

/** Along the key: a page costs the same however far it is from the first. */
export const points = statement(
  'candidates.points',
  `SELECT step, tracked_at, value FROM assay.metric_points
    WHERE project_id = $1 AND candidate_iid = $2 AND metric_id = $3
    ORDER BY step, tracked_at, value LIMIT $4`,
);

export const pointsAfter = statement(
  'candidates.points-after',
  `SELECT step, tracked_at, value FROM assay.metric_points
    WHERE project_id = $1 AND candidate_iid = $2 AND metric_id = $3 AND (step, tracked_at, value) > ($5, $6, $7::float8)
    ORDER BY step, tracked_at, value LIMIT $4`,
);

export const namesOf = statement(
  'candidates.names-of',
  `SELECT iid, eid FROM assay.candidates
    WHERE project_id = $1 AND iid = ANY ($2::bigint[]) AND purge_requested_at IS NULL`,
);

export const pointCounts = statement(
  'candidates.point-counts',
  `SELECT m.candidate_iid AS iid, m.points FROM unnest($2::bigint[]) AS s (iid)
    CROSS JOIN LATERAL (SELECT x.candidate_iid, x.points FROM assay.candidate_metrics x
      WHERE x.project_id = $1 AND x.candidate_iid = s.iid AND x.metric_id = $3 OFFSET 0) AS m`,
);

const key = 'p.project_id = $1 AND p.candidate_iid = s.iid AND p.metric_id = $3';
const nth = (from: string, to: string): string =>
  `(s.${from} + floor((s.${to} - s.${from})::float8 * k / ($4::int - 1)))::bigint`;

/**
 * At most $4 points (2 or more) of the metric $3 for each of the candidates $2, by step and time. Where there are more, each is
 * the first at or after one of $4 - 1 evenly spaced steps (or times, when all are at one step), and the last point: so many
 * look-ups by key, however many points there are.
 */
export const samples = statement(
  'candidates.samples',
  `WITH s AS MATERIALIZED (
     SELECT m.* FROM unnest($2::bigint[]) AS w (iid) CROSS JOIN LATERAL (
       SELECT x.candidate_iid AS iid, x.points, x.first_step, x.latest_step, x.first_tracked_at, x.latest_tracked_at
         FROM assay.candidate_metrics x
        WHERE x.project_id = $1 AND x.candidate_iid = w.iid AND x.metric_id = $3 OFFSET 0) AS m
   ), few AS (
     SELECT s.iid, q.* FROM s CROSS JOIN LATERAL (
       SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p WHERE ${key} OFFSET 0) AS q
      WHERE s.points <= $4::int
   ), by_step AS (
     SELECT s.iid, q.* FROM s CROSS JOIN generate_series(0, $4::int - 2) AS k CROSS JOIN LATERAL (
       SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p
        WHERE ${key} AND p.step >= ${nth('first_step', 'latest_step')}
        ORDER BY p.step, p.tracked_at, p.value LIMIT 1) AS q
      WHERE s.points > $4::int AND s.latest_step > s.first_step
   ), by_time AS (
     SELECT s.iid, q.* FROM s CROSS JOIN generate_series(0, $4::int - 2) AS k CROSS JOIN LATERAL (
       SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p
        WHERE ${key} AND p.step = s.first_step AND p.tracked_at >= ${nth('first_tracked_at', 'latest_tracked_at')}
        ORDER BY p.tracked_at, p.value LIMIT 1) AS q
      WHERE s.points > $4::int AND s.latest_step = s.first_step
   ), last AS (
     SELECT s.iid, q.* FROM s CROSS JOIN LATERAL (
       SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p WHERE ${key}
        ORDER BY p.step DESC, p.tracked_at DESC, p.value DESC LIMIT 1) AS q
      WHERE s.points > $4::int
   )
   SELECT * FROM few
   UNION SELECT * FROM by_step
   UNION SELECT * FROM by_time
   UNION SELECT * FROM last
   ORDER BY iid, step, tracked_at, value`,
);
