import { purgeStatement, statement } from '../../database';

const mark = `UPDATE assay.logged_models
  SET deleted_at = coalesce(deleted_at, now()), purge_requested_at = now()
  WHERE project_id = $1 AND purge_requested_at IS NULL`;

export const requestOfCandidate = statement('models.purge.request-of-candidate', `${mark} AND candidate_eid = $2`);

export const requestOfExperiment = statement('models.purge.request-of-experiment', `${mark} AND experiment_iid = $2`);

/** Deleted before $2. */
export const requestExpired = statement('models.purge.request-expired', `${mark} AND deleted_at < $2`);

export const pending = statement(
  'models.purge.pending',
  `SELECT model_id AS id, experiment_iid FROM assay.logged_models
    WHERE project_id = $1 AND purge_requested_at IS NOT NULL AND model_id > $2 ORDER BY model_id LIMIT $3`,
);

export const pendingOfCandidate = statement(
  'models.purge.pending-of-candidate',
  `SELECT model_id AS id, experiment_iid FROM assay.logged_models
    WHERE project_id = $1 AND candidate_eid = $2 AND purge_requested_at IS NOT NULL`,
);

const candidateDue = '(c.purge_requested_at IS NOT NULL OR c.deleted_at < $2)';

/** Marked, deleted before $2, made by a candidate that goes, or in one of the experiments $3. */
export const dueAfter = statement(
  'models.purge.due-after',
  `SELECT m.model_id AS id, m.experiment_iid FROM assay.logged_models m
    WHERE m.project_id = $1 AND m.model_id > $4
      AND (m.purge_requested_at IS NOT NULL OR m.deleted_at < $2 OR m.experiment_iid = ANY ($3::bigint[])
           OR EXISTS (SELECT FROM assay.candidates c
                       WHERE c.project_id = $1 AND c.eid = m.candidate_eid AND ${candidateDue} OFFSET 0))
    ORDER BY m.model_id LIMIT $5`,
);

/** Made by the candidates $2. */
export const ofCandidates = statement(
  'models.purge.of-candidates',
  `SELECT model_id AS id, experiment_iid FROM assay.logged_models
    WHERE project_id = $1 AND candidate_eid = ANY ($2::uuid[])`,
);

export const ofExperiment = statement(
  'models.purge.of-experiment',
  'SELECT model_id AS id, experiment_iid FROM assay.logged_models WHERE project_id = $1 AND experiment_iid = $2',
);

export const countPoints = statement(
  'models.purge.count-points',
  'SELECT count(*) AS count FROM assay.logged_model_metrics WHERE project_id = $1 AND model_id = ANY ($2::text[])',
);

/** Those that the candidates $2 logged, by model. */
export const countPointsBy = statement(
  'models.purge.count-points-by',
  `SELECT model_id AS id, count(*) AS count FROM assay.logged_model_metrics
    WHERE project_id = $1 AND candidate_eid = ANY ($2::uuid[]) GROUP BY model_id`,
);

export const existing = statement(
  'models.purge.existing',
  'SELECT model_id AS id, experiment_iid FROM assay.logged_models WHERE project_id = $1 AND model_id = ANY ($2::text[])',
);

const ofModel = 'project_id = $1 AND model_id = $2';
const ofCandidate = 'project_id = $1 AND candidate_eid = $2';

export const removePoints = purgeStatement('models.purge.points', 'assay.logged_model_metrics', ofModel);

export const removeOthers = ['logged_model_params', 'logged_model_tags', 'candidate_models'].map((table) =>
  purgeStatement(`models.purge.${table}`, `assay.${table}`, ofModel),
);

export const removeRow = statement(
  'models.purge.row',
  `DELETE FROM assay.logged_models
    WHERE project_id = $1 AND model_id = $2 AND purge_requested_at IS NOT NULL RETURNING model_id`,
);

export const removePointsBy = purgeStatement('models.purge.points-by', 'assay.logged_model_metrics', ofCandidate);

export const removeLinksOf = purgeStatement('models.purge.links-of', 'assay.candidate_models', ofCandidate);
