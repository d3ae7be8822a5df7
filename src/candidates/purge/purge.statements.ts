import { purgeStatement, statement } from '../../database';
import { isLinked } from '../linked';

/** Tables whose rows nothing but their candidate's number ties to it. */
export const ownTables = ['metric_points', 'candidate_metrics', 'candidate_params', 'candidate_tags'] as const;

const ofCandidate = 'project_id = $1 AND candidate_iid = $2';
const due = '(c.purge_requested_at IS NOT NULL OR c.deleted_at < $2)';

const mark = `UPDATE assay.candidates c
  SET report_pending = c.report_pending OR (c.deleted_at IS NULL AND ${isLinked}),
      deleted_at = coalesce(c.deleted_at, now()), purge_requested_at = coalesce(c.purge_requested_at, now())`;

/** $2 the number. */
export const request = statement(
  'candidates.purge.request',
  `${mark} WHERE c.project_id = $1 AND c.iid = $2 RETURNING c.iid, c.eid, c.experiment_iid`,
);

/** $2 the experiment. */
export const requestAllOf = statement(
  'candidates.purge.request-all-of',
  `${mark} WHERE c.project_id = $1 AND c.experiment_iid = $2 AND c.purge_requested_at IS NULL`,
);

/** $2 a time, $3 how many at most. One that is restored meanwhile is not deleted before that time any more. */
export const requestExpired = statement(
  'candidates.purge.request-expired',
  `UPDATE assay.candidates c SET purge_requested_at = now()
    WHERE c.project_id = $1 AND c.deleted_at < $2 AND c.purge_requested_at IS NULL AND c.iid = ANY (ARRAY(
      SELECT x.iid FROM assay.candidates x
       WHERE x.project_id = $1 AND x.deleted_at < $2 AND x.purge_requested_at IS NULL LIMIT $3))
   RETURNING c.iid`,
);

export const pending = statement(
  'candidates.purge.pending',
  `SELECT iid, eid, experiment_iid, report_pending FROM assay.candidates
    WHERE project_id = $1 AND purge_requested_at IS NOT NULL AND iid > $2 ORDER BY iid LIMIT $3`,
);

/** Those that are marked, and those deleted before $2. */
export const dueAfter = statement(
  'candidates.purge.due-after',
  `SELECT c.iid, c.eid, c.experiment_iid FROM assay.candidates c
    WHERE c.project_id = $1 AND ${due} AND c.iid > $3 ORDER BY c.iid LIMIT $4`,
);

export const allOf = statement(
  'candidates.purge.all-of',
  `SELECT c.iid, c.eid, c.experiment_iid FROM assay.candidates c
    WHERE c.project_id = $1 AND c.experiment_iid = $2 AND c.iid > $3 ORDER BY c.iid LIMIT $4`,
);

export const countPoints = statement(
  'candidates.purge.count-points',
  'SELECT count(*) AS count FROM assay.metric_points WHERE project_id = $1 AND candidate_iid = ANY ($2::bigint[])',
);

export const existing = statement(
  'candidates.purge.existing',
  'SELECT eid, experiment_iid FROM assay.candidates WHERE project_id = $1 AND eid = ANY ($2::uuid[])',
);

export const removePoints = purgeStatement('candidates.purge.points', 'assay.metric_points', ofCandidate);

export const removeOthers = [...ownTables.slice(1), 'candidate_inputs'].map((table) =>
  purgeStatement(`candidates.purge.${table}`, `assay.${table}`, ofCandidate),
);

const nothingLeft = ownTables
  .map((table) => `NOT EXISTS (SELECT FROM assay.${table} x WHERE x.project_id = $1 AND x.candidate_iid = $2)`)
  .join(' AND ');

/** Nothing while another process has not yet ended removing what belongs to it. */
export const removeRow = statement(
  'candidates.purge.row',
  `DELETE FROM assay.candidates
    WHERE project_id = $1 AND iid = $2 AND purge_requested_at IS NOT NULL AND ${nothingLeft} RETURNING iid`,
);

export const removeDatasets = purgeStatement(
  'candidates.purge.datasets',
  'assay.datasets',
  'project_id = $1 AND experiment_iid = $2',
);
