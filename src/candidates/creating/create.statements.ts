import { statement } from '../../database';
import { isLinked } from '../linked';

/**
 * Creates candidates in live experiments, in their order. $1 project, $2–$11 one array a column, $12–$14 the tags with the
 * candidate's place from 1. An experiment's row is shared, so that deleting it comes before or after, never amid.
 */
export const create = statement(
  'candidates.create',
  `WITH experiment AS MATERIALIZED (
     SELECT e.iid, e.artifact_location, e.deleted_at IS NULL AS live
       FROM assay.experiments e WHERE e.project_id = $1 AND e.iid = ANY ($3::bigint[])
      ORDER BY e.iid FOR SHARE
   ), wanted AS MATERIALIZED (
     SELECT w.*, e.iid IS NOT NULL AS known, coalesce(e.live, false) AS live, e.artifact_location,
            count(*) FILTER (WHERE e.live) OVER (ORDER BY w.n) AS place
       FROM unnest((SELECT $2::uuid[]), (SELECT $3::bigint[]), (SELECT $4::text[]), (SELECT $5::text[]),
                   (SELECT $6::bigint[]), (SELECT $7::text[]), (SELECT $8::text[]), (SELECT $9::text[]),
                   (SELECT $10::text[]), (SELECT $11::bigint[])) WITH ORDINALITY
              AS w(eid, experiment_iid, name, status, started_at, user_name, created_by, commit_sha, branch,
                   merge_request, n)
       LEFT JOIN experiment e ON e.iid = w.experiment_iid
   ), block AS (
     INSERT INTO assay.counters AS k (project_id, name, next)
     SELECT $1, 'candidates', 1 + count(*) FROM wanted WHERE live HAVING count(*) > 0
     ON CONFLICT (project_id, name) DO UPDATE SET next = k.next + excluded.next - 1
     RETURNING next
   ), fresh AS MATERIALIZED (
     SELECT w.*, block.next - 1 - max(w.place) OVER () + w.place AS iid FROM wanted w, block WHERE w.live
   ), number AS MATERIALIZED (
     SELECT array_agg(coalesce(f.iid, 0) ORDER BY w.n) AS iids FROM wanted w LEFT JOIN fresh f ON f.n = w.n
   ), candidate AS (
     INSERT INTO assay.candidates AS c (
       project_id, iid, eid, experiment_iid, name, status, started_at, user_name, created_by, commit_sha, branch,
       claimed_merge_request, report_pending)
     SELECT $1, c.iid, c.eid, c.experiment_iid, c.name, c.status, c.started_at, c.user_name, c.created_by, c.commit_sha,
            c.branch, c.claimed_merge_request, ${isLinked}
       FROM (SELECT $1::bigint AS project_id, f.*, f.merge_request AS claimed_merge_request FROM fresh f ORDER BY f.iid) AS c
     RETURNING report_pending
   ), tag AS (
     INSERT INTO assay.candidate_tags (project_id, candidate_iid, name, value)
     SELECT $1, number.iids[t.candidate], t.name, t.value
       FROM number, unnest((SELECT $12::int[]), (SELECT $13::text[]), (SELECT $14::text[])) AS t(candidate, name, value)
      WHERE number.iids[t.candidate] > 0
   )
   SELECT number.iids[w.n] AS iid, w.artifact_location, now() AS created_at, EXISTS (SELECT FROM candidate WHERE report_pending) AS pending,
          CASE WHEN w.live THEN 'live' WHEN w.known THEN 'deleted' ELSE 'unknown' END AS state
     FROM wanted w, number
    ORDER BY w.n`,
);
