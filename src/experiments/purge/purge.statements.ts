import { purgeStatement, statement } from '../../database';

/** The Default experiment, 0, stays. */
export const request = statement(
  'experiments.purge.request',
  `UPDATE assay.experiments
      SET deleted_at = coalesce(deleted_at, now()), purge_requested_at = coalesce(purge_requested_at, now())
    WHERE project_id = $1 AND iid = $2 AND iid <> 0 RETURNING iid`,
);

/** Deleted before $2, with no candidate that stays. */
const expired = `e.project_id = $1 AND e.iid <> 0 AND e.deleted_at < $2 AND e.purge_requested_at IS NULL AND NOT EXISTS (
  SELECT FROM assay.candidates c
   WHERE c.project_id = $1 AND c.experiment_iid = e.iid AND c.purge_requested_at IS NULL
     AND (c.deleted_at IS NULL OR c.deleted_at >= $2))`;

export const requestExpired = statement(
  'experiments.purge.request-expired',
  `UPDATE assay.experiments e SET purge_requested_at = now() WHERE ${expired}`,
);

export const pending = statement(
  'experiments.purge.pending',
  'SELECT iid FROM assay.experiments WHERE project_id = $1 AND purge_requested_at IS NOT NULL ORDER BY iid',
);

export const due = statement(
  'experiments.purge.due',
  `SELECT e.iid FROM assay.experiments e
    WHERE e.project_id = $1 AND (e.purge_requested_at IS NOT NULL OR (${expired})) ORDER BY e.iid`,
);

export const removeTags = purgeStatement(
  'experiments.purge.tags',
  'assay.experiment_tags',
  'project_id = $1 AND experiment_iid = $2',
);

export const removeRow = statement(
  'experiments.purge.row',
  'DELETE FROM assay.experiments WHERE project_id = $1 AND iid = $2 AND purge_requested_at IS NOT NULL RETURNING iid',
);
