import { statement } from '../../database';

const named = (table: string): string =>
  `COALESCE((SELECT json_agg(json_build_object('name', x.name, 'value', x.value) ORDER BY x.name)
     FROM assay.${table} x WHERE x.project_id = m.project_id AND x.model_id = m.model_id), '[]')`;

/** A model with all that belongs to it; JSON carries NaN and the infinities as texts. */
export const selectModels = (
  more = '',
): string => `SELECT m.model_id, m.experiment_iid, m.name, m.status, m.candidate_eid, m.model_type,
  m.artifact_location, m.created_at, m.updated_at, m.deleted_at,
  ${named('logged_model_params')} AS params, ${named('logged_model_tags')} AS tags,
  COALESCE((SELECT json_agg(json_build_object('name', x.name, 'value', x.value, 'step', x.step, 'trackedAt', x.tracked_at,
      'candidate', x.candidate_eid, 'datasetName', x.dataset_name, 'datasetDigest', x.dataset_digest)
      ORDER BY x.name, x.step, x.tracked_at, x.candidate_eid, x.dataset_name, x.dataset_digest)
    FROM assay.logged_model_metrics x WHERE x.project_id = m.project_id AND x.model_id = m.model_id), '[]') AS metrics${more}
  FROM assay.logged_models m`;

export const create = statement(
  'logged-models.create',
  `INSERT INTO assay.logged_models
     (project_id, model_id, experiment_iid, candidate_eid, name, model_type, status, artifact_location)
   VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7)`,
);

export const get = statement(
  'logged-models.get',
  `${selectModels()} WHERE m.project_id = $1 AND m.model_id = $2 AND m.purge_requested_at IS NULL`,
);

export const finalize = statement(
  'logged-models.finalize',
  `UPDATE assay.logged_models SET status = $3, updated_at = now()
   WHERE project_id = $1 AND model_id = $2 AND purge_requested_at IS NULL RETURNING model_id`,
);

export const markDeleted = statement(
  'logged-models.delete',
  `UPDATE assay.logged_models SET deleted_at = COALESCE(deleted_at, now()), updated_at = now()
   WHERE project_id = $1 AND model_id = $2 AND purge_requested_at IS NULL RETURNING model_id`,
);

export const touch = statement(
  'logged-models.touch',
  `UPDATE assay.logged_models SET updated_at = now()
   WHERE project_id = $1 AND model_id = $2 AND purge_requested_at IS NULL RETURNING model_id`,
);

export const setTags = statement(
  'logged-models.set-tags',
  `INSERT INTO assay.logged_model_tags (project_id, model_id, name, value)
   SELECT $1, $2, name, value FROM unnest($3::text[], $4::text[]) AS t (name, value)
   ON CONFLICT (project_id, model_id, name) DO UPDATE SET value = excluded.value`,
);

export const deleteTag = statement(
  'logged-models.delete-tag',
  `DELETE FROM assay.logged_model_tags WHERE project_id = $1 AND model_id = $2 AND name = $3 RETURNING name`,
);

/** Answers the names whose value differs from the one that stands. */
export const addParams = statement(
  'logged-models.add-params',
  `INSERT INTO assay.logged_model_params AS p (project_id, model_id, name, value)
   SELECT $1, $2, name, value FROM unnest($3::text[], $4::text[]) AS t (name, value)
   ON CONFLICT (project_id, model_id, name) DO UPDATE SET value = p.value
   RETURNING name, value`,
);

export const addMetrics = statement(
  'logged-models.add-metrics',
  `INSERT INTO assay.logged_model_metrics
     (project_id, model_id, candidate_eid, name, value, step, tracked_at, dataset_name, dataset_digest)
   SELECT $1, t.* FROM unnest($2::text[], $3::uuid[], $4::text[], $5::float8[], $6::bigint[], $7::bigint[], $8::text[], $9::text[]) AS t
   ON CONFLICT (project_id, model_id, name, candidate_eid, step, tracked_at, dataset_name, dataset_digest)
   DO UPDATE SET value = excluded.value`,
);

export const linkModels = statement(
  'logged-models.link',
  `INSERT INTO assay.candidate_models (project_id, candidate_eid, direction, model_id, step)
   SELECT $1, $2, $3, model_id, step FROM unnest($4::text[], $5::bigint[]) AS t (model_id, step)
   ON CONFLICT (project_id, candidate_eid, direction, model_id) DO UPDATE SET step = excluded.step`,
);

export const unknownOf = statement(
  'logged-models.unknown-of',
  `SELECT id FROM unnest($2::text[]) AS id
   WHERE NOT EXISTS (SELECT FROM assay.logged_models m WHERE m.project_id = $1 AND m.model_id = id AND m.purge_requested_at IS NULL)`,
);

export const ofCandidates = statement(
  'logged-models.of-candidates',
  `SELECT candidate_eid, direction, model_id, step FROM assay.candidate_models
   WHERE project_id = $1 AND candidate_eid = ANY ($2::uuid[]) ORDER BY step, model_id`,
);
