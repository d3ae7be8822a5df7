-- What log_model makes: a model before anybody registers it.
CREATE TABLE assay.logged_models (
  project_id bigint NOT NULL,
  -- `m-` and 32 hex digits.
  model_id text NOT NULL,
  experiment_iid bigint NOT NULL,
  -- The candidate that made it.
  candidate_eid uuid,
  name text NOT NULL,
  model_type text,
  status text NOT NULL CHECK (status IN ('pending', 'ready', 'failed')),
  -- The experiment's, as it was when the model was made.
  artifact_location text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (project_id, model_id),
  FOREIGN KEY (project_id, experiment_iid) REFERENCES assay.experiments (project_id, iid),
  FOREIGN KEY (project_id, candidate_eid) REFERENCES assay.candidates (project_id, eid)
);
CREATE INDEX logged_models_created ON assay.logged_models (project_id, experiment_iid, created_at DESC, model_id);
CREATE INDEX logged_models_candidate ON assay.logged_models (project_id, candidate_eid) WHERE candidate_eid IS NOT NULL;

CREATE TABLE assay.logged_model_params (
  project_id bigint NOT NULL,
  model_id text NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (project_id, model_id, name),
  FOREIGN KEY (project_id, model_id) REFERENCES assay.logged_models (project_id, model_id)
);

CREATE TABLE assay.logged_model_tags (
  project_id bigint NOT NULL,
  model_id text NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (project_id, model_id, name),
  FOREIGN KEY (project_id, model_id) REFERENCES assay.logged_models (project_id, model_id)
);

-- The points of metrics that a candidate logged for a model; a dataset that was not named is the empty text.
CREATE TABLE assay.logged_model_metrics (
  project_id bigint NOT NULL,
  model_id text NOT NULL,
  candidate_eid uuid NOT NULL,
  name text NOT NULL,
  step bigint NOT NULL,
  tracked_at bigint NOT NULL,
  dataset_name text NOT NULL DEFAULT '',
  dataset_digest text NOT NULL DEFAULT '',
  value double precision NOT NULL,
  PRIMARY KEY (project_id, model_id, name, candidate_eid, step, tracked_at, dataset_name, dataset_digest),
  FOREIGN KEY (project_id, model_id) REFERENCES assay.logged_models (project_id, model_id),
  FOREIGN KEY (project_id, candidate_eid) REFERENCES assay.candidates (project_id, eid)
);

-- The models that a candidate made or read.
CREATE TABLE assay.candidate_models (
  project_id bigint NOT NULL,
  candidate_eid uuid NOT NULL,
  model_id text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('input', 'output')),
  step bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (project_id, candidate_eid, direction, model_id),
  FOREIGN KEY (project_id, candidate_eid) REFERENCES assay.candidates (project_id, eid),
  FOREIGN KEY (project_id, model_id) REFERENCES assay.logged_models (project_id, model_id)
);
