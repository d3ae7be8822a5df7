import { statement } from '../../database';
import { isLinked } from '../linked';

const isLater =
  '(excluded.latest_step, excluded.latest_tracked_at, excluded.latest) > (m.latest_step, m.latest_tracked_at, m.latest)';
const isEarlier =
  '(excluded.first_step, excluded.first_tracked_at, excluded.first) < (m.first_step, m.first_tracked_at, m.first)';

const meetsSummary = `ON CONFLICT (project_id, candidate_iid, metric_id) DO UPDATE SET
      latest = CASE WHEN ${isLater} THEN excluded.latest ELSE m.latest END,
      latest_step = CASE WHEN ${isLater} THEN excluded.latest_step ELSE m.latest_step END,
      latest_tracked_at = CASE WHEN ${isLater} THEN excluded.latest_tracked_at ELSE m.latest_tracked_at END,
      first = CASE WHEN ${isEarlier} THEN excluded.first ELSE m.first END,
      first_step = CASE WHEN ${isEarlier} THEN excluded.first_step ELSE m.first_step END,
      first_tracked_at = CASE WHEN ${isEarlier} THEN excluded.first_tracked_at ELSE m.first_tracked_at END,
      min = least(m.min, excluded.min),
      max = greatest(m.max, excluded.max),
      points = m.points + excluded.points`;

const summaryColumns = `
      project_id, candidate_iid, metric_id, experiment_iid, latest, latest_step, latest_tracked_at,
      first, first_step, first_tracked_at, min, max, points`;

/**
 * Each array comes as a subquery: so the planner does not look into it, and finds one plan that fits every batch. LATERAL with
 * LIMIT keeps it to the index's whole key, however small it thinks the table is.
 * Rows are locked in one order in all processes: points, summaries, candidates, tags, params, each sorted as they come.
 */
const points = `
  WITH candidate AS MATERIALIZED (
    SELECT wanted.n, c.iid, c.experiment_iid, c.live
      FROM unnest((SELECT $2::uuid[])) WITH ORDINALITY AS wanted(eid, n)
      LEFT JOIN LATERAL (SELECT l.iid, l.experiment_iid, l.deleted_at IS NULL AS live FROM assay.candidates l
                          WHERE l.project_id = $1 AND l.eid = wanted.eid LIMIT 1) c ON true
  ), number AS MATERIALIZED (
    SELECT array_agg(CASE WHEN live THEN iid ELSE 0 END ORDER BY n) AS iids,
           array_agg(coalesce(experiment_iid, 0) ORDER BY n) AS experiments
      FROM candidate
  ), point AS (
    INSERT INTO assay.metric_points (project_id, candidate_iid, metric_id, step, tracked_at, value)
    SELECT $1, number.iids[p.candidate], p.metric, p.step, p.tracked_at, p.value
      FROM number, unnest((SELECT $3::int[]), (SELECT $4::int[]), (SELECT $5::bigint[]), (SELECT $6::bigint[]),
                          (SELECT $7::float8[])) WITH ORDINALITY AS p(candidate, metric, step, tracked_at, value, n)
     WHERE number.iids[p.candidate] > 0
     ORDER BY p.n
    ON CONFLICT DO NOTHING
    RETURNING candidate_iid, metric_id
  ), series AS (
    SELECT iid, metric, max(experiment) AS experiment, max(first) AS first, max(last) AS last,
           max(lowest) AS lowest, max(highest) AS highest, sum(points) AS points
      FROM (SELECT number.iids[s.candidate] AS iid, s.metric, number.experiments[s.candidate] AS experiment,
                   s.first, s.last, s.lowest, s.highest, 0 AS points
              FROM number, unnest((SELECT $8::int[]), (SELECT $9::int[]), (SELECT $10::int[]), (SELECT $11::int[]),
                                  (SELECT $12::int[]), (SELECT $13::int[]))
                           AS s(candidate, metric, first, last, lowest, highest)
            UNION ALL
            SELECT candidate_iid, metric_id, NULL, NULL, NULL, NULL, NULL, 1 FROM point) AS both_sides
     GROUP BY iid, metric
    HAVING sum(points) > 0
  ), summary AS (
    INSERT INTO assay.candidate_metrics AS m (${summaryColumns})
    SELECT $1, s.iid, s.metric, s.experiment,
           ($7::float8[])[s.last], ($5::bigint[])[s.last], ($6::bigint[])[s.last],
           ($7::float8[])[s.first], ($5::bigint[])[s.first], ($6::bigint[])[s.first], ($7::float8[])[s.lowest], ($7::float8[])[s.highest], s.points
      FROM series s
     ORDER BY s.iid, s.metric
    ${meetsSummary}
    RETURNING 1
  )`;

const others = `, change AS (
    UPDATE assay.candidates c
       SET name = coalesce(w.name, c.name), commit_sha = coalesce(w.commit_sha, c.commit_sha),
           branch = coalesce(w.branch, c.branch),
           claimed_merge_request = coalesce(w.merge_request, c.claimed_merge_request),
           report_pending = c.report_pending OR w.commit_sha IS NOT NULL OR w.branch IS NOT NULL
                            OR w.merge_request IS NOT NULL OR ${isLinked}
      FROM (SELECT number.iids[u.candidate] AS iid, u.*
              FROM number, (SELECT count(*) FROM summary) AS written,
                   unnest((SELECT $20::int[]), (SELECT $21::text[]), (SELECT $22::text[]), (SELECT $23::text[]),
                          (SELECT $24::bigint[])) AS u(candidate, name, commit_sha, branch, merge_request)
             ORDER BY 1) AS w
     WHERE c.project_id = $1 AND c.iid = ANY ((SELECT iids FROM number)::bigint[]) AND c.iid = w.iid
    RETURNING c.report_pending
  ), tag AS (
    INSERT INTO assay.candidate_tags AS t (project_id, candidate_iid, name, value)
    SELECT $1, number.iids[w.candidate], w.name, w.value
      FROM number, (SELECT count(*) FROM change) AS changed,
           unnest((SELECT $14::int[]), (SELECT $15::text[]), (SELECT $16::text[])) WITH ORDINALITY
             AS w(candidate, name, value, n)
     WHERE number.iids[w.candidate] > 0
     ORDER BY w.n
    ON CONFLICT (project_id, candidate_iid, name) DO UPDATE SET value = excluded.value
     WHERE t.value <> excluded.value
    RETURNING 1
  ), param AS (
    INSERT INTO assay.candidate_params AS p (project_id, candidate_iid, name, value)
    SELECT $1, number.iids[w.candidate], w.name, w.value
      FROM number, (SELECT count(*) FROM tag) AS tagged,
           unnest((SELECT $17::int[]), (SELECT $18::text[]), (SELECT $19::text[])) WITH ORDINALITY
             AS w(candidate, name, value, n)
     WHERE number.iids[w.candidate] > 0
     ORDER BY w.n
    ON CONFLICT (project_id, candidate_iid, name) DO UPDATE SET value = NULL
     WHERE p.value <> excluded.value
  )`;

const state = `CASE WHEN iid IS NULL THEN 'unknown' WHEN live THEN 'live' ELSE 'deleted' END AS state`;

/**
 * Writes one point: what most clients send, and where nothing can be shared with others it is a third cheaper than a batch of one.
 * $1 project, $2 eid, $3 metric, $4 step, $5 time, $6 value. Answers nothing for an unknown candidate.
 */
export const writePoint = statement(
  'candidates.write-point',
  `WITH candidate AS MATERIALIZED (
    SELECT c.iid, c.experiment_iid, c.deleted_at IS NULL AS live FROM assay.candidates c WHERE c.project_id = $1 AND c.eid = $2
  ), point AS (
    INSERT INTO assay.metric_points (project_id, candidate_iid, metric_id, step, tracked_at, value)
    SELECT $1, c.iid, $3::int, $4::bigint, $5::bigint, $6::float8 FROM candidate c WHERE c.live
    ON CONFLICT DO NOTHING
    RETURNING 1
  ), summary AS (
    INSERT INTO assay.candidate_metrics AS m (${summaryColumns})
    SELECT $1, c.iid, $3::int, c.experiment_iid, $6::float8, $4::bigint, $5::bigint, $6::float8, $4::bigint, $5::bigint,
           nullif($6::float8, 'NaN'), nullif($6::float8, 'NaN'), 1
      FROM candidate c, point
    ${meetsSummary}
  ) SELECT ${state}, false AS pending FROM candidate`,
);

/** Writes points and their summaries. $1 project, $2 eids, $3–$13 see `pointValues`. Answers the state of each candidate. */
export const writePoints = statement(
  'candidates.write-points',
  `${points} SELECT ${state}, false AS pending FROM candidate ORDER BY n`,
);

/**
 * As {@link writePoints}, with tags ($14–$16), params ($17–$19) and changes of the candidates ($20–$24). A param that has
 * another value already violates NOT NULL, which undoes the whole statement.
 */
export const writeAll = statement(
  'candidates.write-all',
  `${points}${others} SELECT ${state}, EXISTS (SELECT FROM change WHERE report_pending) AS pending FROM candidate ORDER BY n`,
);

/** The params of a candidate that have another value than wanted. */
export const changedParams = statement(
  'candidates.changed-params',
  `SELECT p.name, p.value AS was, wanted.value AS wanted
     FROM assay.candidates c
     JOIN unnest($3::text[], $4::text[]) AS wanted(name, value) ON true
     JOIN assay.candidate_params p ON p.project_id = c.project_id AND p.candidate_iid = c.iid AND p.name = wanted.name
    WHERE c.project_id = $1 AND c.eid = $2 AND p.value <> wanted.value
    ORDER BY p.name LIMIT 1`,
);
