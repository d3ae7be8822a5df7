import { statement } from '../../database';
import { isLinked } from '../linked';
import { candidateColumns } from '../reading/read.statements';

const own = `c.project_id = $1 AND c.eid = $2`;

/** Nothing when the candidate is deleted or unknown. The row first, then its tag: the order in which all writes lock. */
export const update = statement(
  'candidates.update',
  `WITH c AS (
     UPDATE assay.candidates c
        SET name = coalesce($3, c.name), status = coalesce($4, c.status), ended_at = coalesce($5::bigint, c.ended_at),
            report_pending = c.report_pending OR ${isLinked}
      WHERE ${own} AND c.deleted_at IS NULL
     RETURNING c.*
   ), tag AS (
     INSERT INTO assay.candidate_tags (project_id, candidate_iid, name, value)
     SELECT c.project_id, c.iid, $6::text, $3 FROM c WHERE $6::text IS NOT NULL AND $3 IS NOT NULL
     ON CONFLICT (project_id, candidate_iid, name) DO UPDATE SET value = excluded.value
   )
   SELECT ${candidateColumns}, c.report_pending AS pending
     FROM c JOIN assay.experiments e ON e.project_id = c.project_id AND e.iid = c.experiment_iid`,
);

export const markDeleted = statement(
  'candidates.delete',
  `UPDATE assay.candidates c
      SET deleted_at = coalesce(c.deleted_at, now()), report_pending = c.report_pending OR ${isLinked}
    WHERE ${own} AND c.purge_requested_at IS NULL RETURNING c.report_pending AS pending`,
);

export const markRestored = statement(
  'candidates.restore',
  `UPDATE assay.candidates c SET deleted_at = NULL, report_pending = c.report_pending OR ${isLinked}
    WHERE ${own} AND c.purge_requested_at IS NULL RETURNING c.report_pending AS pending`,
);

export const state = statement(
  'candidates.state',
  `SELECT c.deleted_at IS NOT NULL AS deleted, c.purge_requested_at IS NOT NULL AS going
     FROM assay.candidates c WHERE ${own}`,
);

export const place = statement(
  'candidates.place',
  `SELECT c.experiment_iid, c.deleted_at IS NOT NULL AS deleted FROM assay.candidates c
    WHERE ${own} AND c.purge_requested_at IS NULL`,
);

export const deleteTag = statement(
  'candidates.delete-tag',
  `DELETE FROM assay.candidate_tags t USING assay.candidates c
    WHERE ${own} AND c.deleted_at IS NULL
      AND t.project_id = c.project_id AND t.candidate_iid = c.iid AND t.name = $3
   RETURNING t.name`,
);

/** $3–$8 one array a column of datasets, sorted; $9 the tags of each input as JSON. Answers nothing for no live candidate. */
export const logInputs = statement(
  'candidates.log-inputs',
  `WITH c AS MATERIALIZED (
     SELECT c.project_id, c.iid, c.experiment_iid FROM assay.candidates c WHERE ${own} AND c.deleted_at IS NULL
   ), wanted AS MATERIALIZED (
     SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       WITH ORDINALITY AS w(name, digest, source_type, source, schema, profile, tags, n)
   ), known AS MATERIALIZED (
     SELECT w.n, d.dataset_id
       FROM c CROSS JOIN wanted w
      CROSS JOIN LATERAL (SELECT k.dataset_id FROM assay.datasets k
                           WHERE k.project_id = c.project_id AND k.experiment_iid = c.experiment_iid
                             AND k.name = w.name AND k.digest = w.digest LIMIT 1) d
   ), fresh AS (
     INSERT INTO assay.datasets AS d (
       project_id, dataset_id, experiment_iid, name, digest, source_type, source, schema, profile)
     SELECT c.project_id, gen_random_uuid(), c.experiment_iid, w.name, w.digest, w.source_type, w.source, w.schema, w.profile
       FROM c CROSS JOIN wanted w
      WHERE NOT EXISTS (SELECT FROM known k WHERE k.n = w.n)
      ORDER BY w.n
     ON CONFLICT (project_id, experiment_iid, name, digest) DO UPDATE SET name = excluded.name
     RETURNING dataset_id, name, digest
   ), input AS (
     INSERT INTO assay.candidate_inputs (project_id, candidate_iid, dataset_id, tags)
     SELECT c.project_id, c.iid, coalesce(k.dataset_id, f.dataset_id), w.tags::jsonb
       FROM c CROSS JOIN wanted w LEFT JOIN known k ON k.n = w.n
       LEFT JOIN fresh f ON f.name = w.name AND f.digest = w.digest
      ORDER BY 3
     ON CONFLICT DO NOTHING
   )
   SELECT iid FROM c`,
);

/** $2 is the experiment here. Only while its row is not yet marked itself. */
export const deleteAllOf = statement(
  'candidates.delete-all-of',
  `UPDATE assay.candidates c SET deleted_at = now(), report_pending = c.report_pending OR ${isLinked}
    WHERE c.project_id = $1 AND c.iid IN (
      SELECT l.iid FROM assay.candidates l WHERE l.project_id = $1 AND l.experiment_iid = $2 AND l.deleted_at IS NULL
       ORDER BY l.iid FOR UPDATE)`,
);

/** Those deleted at the very moment when the experiment was; a candidate deleted by itself stays so. */
export const restoreAllOf = statement(
  'candidates.restore-all-of',
  `UPDATE assay.candidates c SET deleted_at = NULL, report_pending = c.report_pending OR ${isLinked}
    WHERE c.project_id = $1 AND c.iid IN (
      SELECT l.iid FROM assay.candidates l
        JOIN assay.experiments e ON e.project_id = l.project_id AND e.iid = l.experiment_iid
       WHERE l.project_id = $1 AND l.experiment_iid = $2 AND l.deleted_at = e.deleted_at AND l.purge_requested_at IS NULL
       ORDER BY l.iid FOR UPDATE OF l)`,
);

export const reportAllOf = statement(
  'candidates.report-all-of',
  `UPDATE assay.candidates c SET report_pending = true
    WHERE c.project_id = $1 AND c.iid IN (
      SELECT l.iid FROM assay.candidates l WHERE l.project_id = $1 AND l.experiment_iid = $2 AND l.deleted_at IS NULL
       ORDER BY l.iid FOR UPDATE)`,
);
