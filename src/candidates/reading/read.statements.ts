import { statement } from '../../database';

/** Columns of `assay.candidates c` with its experiment `e`. */
export const candidateColumns = `
  c.iid, c.eid, c.experiment_iid, c.name, c.status, c.started_at, c.ended_at, c.user_name, c.created_by, c.created_at,
  c.deleted_at, c.commit_sha, c.branch, c.claimed_merge_request, e.artifact_location`;

/** Of a candidate `c`. */
const inputs = `(SELECT coalesce(json_agg(json_build_object('dataset', json_strip_nulls(json_build_object(
     'name', d.name, 'digest', d.digest, 'sourceType', d.source_type, 'source', d.source, 'schema', d.schema,
     'profile', d.profile)), 'tags', i.tags) ORDER BY d.name, d.digest), '[]')
     FROM assay.candidate_inputs i
    CROSS JOIN LATERAL (SELECT k.* FROM assay.datasets k
                         WHERE k.project_id = i.project_id AND k.dataset_id = i.dataset_id LIMIT 1) d
    WHERE i.project_id = c.project_id AND i.candidate_iid = c.iid)`;

const ofCandidates = `
    FROM assay.candidates c JOIN assay.experiments e ON e.project_id = c.project_id AND e.iid = c.experiment_iid`;

function namedOf(table: string, kind: string): string {
  return `LEFT JOIN LATERAL (
    SELECT json_agg(x.name)::text AS ${kind}_names, json_agg(x.value)::text AS ${kind}_values
      FROM (SELECT x.name, x.value FROM assay.${table} x WHERE x.project_id = c.project_id AND x.candidate_iid = c.iid ORDER BY x.name) x) ${kind} ON true`;
}

/** Each list comes as texts of its columns, for which PostgreSQL takes a third less than for objects. */
export const get = statement(
  'candidates.get',
  `SELECT ${candidateColumns}, metric.*, param.*, tag.*, ${inputs} AS inputs
   ${ofCandidates}
   LEFT JOIN LATERAL (
    SELECT json_agg(x.name)::text AS metric_names, array_agg(x.latest)::text AS metric_values,
           array_agg(x.latest_step)::text AS metric_steps, array_agg(x.latest_tracked_at)::text AS metric_times
      FROM (SELECT n.name, m.latest, m.latest_step, m.latest_tracked_at FROM assay.candidate_metrics m
             CROSS JOIN LATERAL (SELECT k.name FROM assay.metric_names k
                                  WHERE k.project_id = m.project_id AND k.metric_id = m.metric_id LIMIT 1) n
             WHERE m.project_id = c.project_id AND m.candidate_iid = c.iid ORDER BY n.name) x) metric ON true
   ${namedOf('candidate_params', 'param')}
   ${namedOf('candidate_tags', 'tag')}
   WHERE c.project_id = $1 AND c.eid = ANY ($2::uuid[]) AND c.purge_requested_at IS NULL`,
);

export const byIids = statement(
  'candidates.by-iids',
  `SELECT ${candidateColumns} ${ofCandidates}
    WHERE c.project_id = $1 AND c.iid = ANY ($2::bigint[]) AND c.purge_requested_at IS NULL`,
);

const ofPage = 'x.project_id = $1 AND x.candidate_iid = ANY ($2::bigint[]) GROUP BY x.candidate_iid';

function namedOfPage(table: string): string {
  return `SELECT x.candidate_iid, json_agg(x.name ORDER BY x.name)::text, json_agg(x.value ORDER BY x.name)::text, NULL, NULL
            FROM assay.${table} x WHERE ${ofPage}`;
}

/**
 * What a page of candidates logged, a row for each candidate and kind. Each table is read once and each column comes as one
 * text, which takes half the time of asking for each candidate by itself.
 */
export const loggedOfPage = statement(
  'candidates.logged-of-page',
  `SELECT 'metrics' AS kind, page.* FROM (
     SELECT x.candidate_iid AS iid, json_agg(n.name ORDER BY n.name)::text AS names,
            array_agg(x.latest ORDER BY n.name)::text AS values, array_agg(x.latest_step ORDER BY n.name)::text AS steps,
            array_agg(x.latest_tracked_at ORDER BY n.name)::text AS times
       FROM assay.candidate_metrics x JOIN assay.metric_names n ON n.project_id = x.project_id AND n.metric_id = x.metric_id
      WHERE ${ofPage}) page
   UNION ALL SELECT 'params', page.* FROM (${namedOfPage('candidate_params')}) page
   UNION ALL SELECT 'tags', page.* FROM (${namedOfPage('candidate_tags')}) page
   UNION ALL SELECT 'inputs', c.iid, c.inputs::text, NULL, NULL, NULL
     FROM (SELECT c.iid, ${inputs} AS inputs
             FROM (SELECT DISTINCT x.project_id, x.candidate_iid AS iid FROM assay.candidate_inputs x
                    WHERE x.project_id = $1 AND x.candidate_iid = ANY ($2::bigint[])) c) c`,
);

export const findSeries = statement(
  'candidates.find-series',
  `SELECT c.iid, n.metric_id FROM assay.candidates c
     LEFT JOIN assay.metric_names n ON n.project_id = c.project_id AND n.name = $3
    WHERE c.project_id = $1 AND c.eid = $2 AND c.purge_requested_at IS NULL`,
);

/** Points as three columns, each in one piece: a history of 100,000 points is read in half the time that its rows take. */
function inColumns(points: string): string {
  return `SELECT array_send(array_agg(p.step)) AS steps, array_send(array_agg(p.tracked_at)) AS times, array_send(array_agg(p.value)) AS values
    FROM (${points}) p`;
}

const series = 'p.project_id = $1 AND p.candidate_iid = $2 AND p.metric_id = $3';

export const history = statement(
  'candidates.history',
  inColumns(`SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p WHERE ${series}
    ORDER BY p.tracked_at, p.step, p.value LIMIT $4`),
);

export const historyAfter = statement(
  'candidates.history-after',
  inColumns(`SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p
    WHERE ${series} AND (p.tracked_at, p.step, p.value) > ($5, $6, $7::float8)
    ORDER BY p.tracked_at, p.step, p.value LIMIT $4`),
);

const within = `${series} AND p.step BETWEEN $4 AND $5`;
const byStep = 'p.step, p.tracked_at, p.value';
const fromStep = 'p.step DESC, p.tracked_at DESC, p.value DESC';

/** How many points lie between the steps $4 and $5; counted no further than $6. */
export const countPoints = statement(
  'candidates.count-points',
  `SELECT count(*) AS count FROM (SELECT 1 FROM assay.metric_points p WHERE ${within} LIMIT $6) few`,
);

/** $6 of the points between the steps, evenly spread in their order by step, the first and the last among them; of one, the last. */
export const sampleByPlace = statement(
  'candidates.sample-by-place',
  inColumns(`SELECT p.step, p.tracked_at, p.value
    FROM (SELECT p.step, p.tracked_at, p.value, row_number() OVER (ORDER BY ${byStep}) - 1 AS place, count(*) OVER () - 1 AS last
            FROM assay.metric_points p WHERE ${within}) p
   WHERE CASE WHEN $6::int = 1 OR p.last < $6::int THEN $6::int > 1 OR p.place = p.last
              ELSE p.place = floor(round(p.place::float8 * ($6::int - 1) / p.last) * p.last / ($6::int - 1) + 0.5) END
   ORDER BY ${byStep}`),
);

/** As {@link sampleByPlace}, spread over the steps instead: each is looked up in the index, so a million points cost as much as a thousand. */
export const sampleByStep = statement(
  'candidates.sample-by-step',
  `WITH first AS (SELECT p.step FROM assay.metric_points p WHERE ${within} ORDER BY ${byStep} LIMIT 1),
        last AS (SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p WHERE ${within} ORDER BY ${fromStep} LIMIT 1)
   ${inColumns(`SELECT p.step, p.tracked_at, p.value FROM (
     SELECT found.* FROM first, last, generate_series(0, $6::int - 2) AS n
      CROSS JOIN LATERAL (
        SELECT p.step, p.tracked_at, p.value FROM assay.metric_points p
         WHERE ${series} AND p.step >= first.step + ((last.step - first.step)::float8 * n / ($6::int - 1))::bigint AND p.step <= last.step
         ORDER BY ${byStep} LIMIT 1) found
     UNION SELECT * FROM last) p ORDER BY ${byStep}`)}`,
);
