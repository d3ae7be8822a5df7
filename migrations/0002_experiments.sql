CREATE TABLE assay.experiments (
  project_id bigint NOT NULL REFERENCES assay.projects,
  iid bigint NOT NULL,
  name text NOT NULL,
  artifact_location text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (project_id, iid)
);
-- Deleting frees the name.
CREATE UNIQUE INDEX experiments_name ON assay.experiments (project_id, name) WHERE deleted_at IS NULL;

CREATE TABLE assay.experiment_tags (
  project_id bigint NOT NULL,
  experiment_iid bigint NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (project_id, experiment_iid, name),
  FOREIGN KEY (project_id, experiment_iid) REFERENCES assay.experiments (project_id, iid) ON DELETE CASCADE
);
