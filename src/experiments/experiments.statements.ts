import { statement } from '../database';

/** Selects what `ExperimentRow` holds from `assay.experiments e`, and more columns; the caller adds the rest. */
export const selectExperiments = (more = ''): string => `
  SELECT e.iid, e.name, e.artifact_location, e.created_by, e.created_at, e.updated_at, e.deleted_at,
         (SELECT coalesce(json_agg(json_build_object('name', t.name, 'value', t.value) ORDER BY t.name), '[]')
            FROM assay.experiment_tags t
           WHERE t.project_id = e.project_id AND t.experiment_iid = e.iid) AS tags${more}
    FROM assay.experiments e`;

export const create = statement(
  'experiments.create',
  `WITH number AS (
     INSERT INTO assay.counters AS c (project_id, name, next) VALUES ($1, 'experiments', 2)
     ON CONFLICT (project_id, name) DO UPDATE SET next = c.next + 1
     RETURNING next - 1 AS iid
   ), experiment AS (
     INSERT INTO assay.experiments (project_id, iid, name, artifact_location, created_by)
     SELECT $1, number.iid, $2, $3, $4 FROM number
     RETURNING iid
   ), tags AS (
     INSERT INTO assay.experiment_tags (project_id, experiment_iid, name, value)
     SELECT $1, experiment.iid, t.name, t.value FROM experiment, unnest($5::text[], $6::text[]) AS t(name, value)
   )
   SELECT iid FROM experiment`,
);

export const ensureDefault = statement(
  'experiments.ensure-default',
  `INSERT INTO assay.experiments (project_id, iid, name, created_by)
   SELECT p.project_id, 0, 'Default', p.enabled_by FROM assay.projects p WHERE p.project_id = $1
   ON CONFLICT DO NOTHING`,
);

export const get = statement(
  'experiments.get',
  `${selectExperiments()} WHERE e.project_id = $1 AND e.iid = $2 AND e.purge_requested_at IS NULL`,
);

export const getByName = statement(
  'experiments.get-by-name',
  `${selectExperiments()} WHERE e.project_id = $1 AND e.name = $2 AND e.purge_requested_at IS NULL
   ORDER BY e.deleted_at DESC NULLS FIRST, e.iid DESC LIMIT 1`,
);

export const lock = statement(
  'experiments.lock',
  `SELECT name, deleted_at IS NOT NULL AS deleted, purge_requested_at IS NOT NULL AS going FROM assay.experiments
    WHERE project_id = $1 AND iid = $2 FOR UPDATE`,
);

export const rename = statement(
  'experiments.rename',
  'UPDATE assay.experiments SET name = $3, updated_at = now() WHERE project_id = $1 AND iid = $2',
);

export const markDeleted = statement(
  'experiments.delete',
  'UPDATE assay.experiments SET deleted_at = now(), updated_at = now() WHERE project_id = $1 AND iid = $2',
);

export const markRestored = statement(
  'experiments.restore',
  `UPDATE assay.experiments SET deleted_at = NULL, name = coalesce($3, name), updated_at = now()
    WHERE project_id = $1 AND iid = $2`,
);

export const setTag = statement(
  'experiments.set-tag',
  `INSERT INTO assay.experiment_tags AS t (project_id, experiment_iid, name, value) VALUES ($1, $2, $3, $4)
   ON CONFLICT (project_id, experiment_iid, name) DO UPDATE SET value = excluded.value
   WHERE t.value <> excluded.value`,
);

export const deleteTag = statement(
  'experiments.delete-tag',
  `DELETE FROM assay.experiment_tags WHERE project_id = $1 AND experiment_iid = $2 AND name = $3 RETURNING name`,
);
