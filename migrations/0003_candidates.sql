CREATE TABLE assay.candidates (
  project_id bigint NOT NULL,
  iid bigint NOT NULL,
  eid uuid NOT NULL,
  experiment_iid bigint NOT NULL,
  name text NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'scheduled', 'finished', 'failed', 'killed')),
  -- Milliseconds since the epoch, as the client says them.
  started_at bigint NOT NULL,
  ended_at bigint,
  user_name text NOT NULL,
  -- Who the token belongs to, as the forge or the project token names it.
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  commit_sha text,
  branch text,
  claimed_merge_request bigint,
  -- True while links to merge requests and their reports have not yet taken this candidate's latest state in.
  report_pending boolean NOT NULL DEFAULT false,
  PRIMARY KEY (project_id, iid),
  FOREIGN KEY (project_id, experiment_iid) REFERENCES assay.experiments (project_id, iid)
);
CREATE UNIQUE INDEX candidates_eid ON assay.candidates (project_id, eid);
CREATE INDEX candidates_started ON assay.candidates (project_id, experiment_iid, started_at DESC, iid DESC);
CREATE INDEX candidates_branch ON assay.candidates (project_id, branch, iid) WHERE branch IS NOT NULL;
CREATE INDEX candidates_commit ON assay.candidates (project_id, commit_sha, iid) WHERE commit_sha IS NOT NULL;
CREATE INDEX candidates_pending ON assay.candidates (project_id, iid) WHERE report_pending;

-- Metric names as integers, so that points stay narrow.
CREATE TABLE assay.metric_names (
  project_id bigint NOT NULL REFERENCES assay.projects,
  metric_id integer NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (project_id, metric_id)
);
CREATE UNIQUE INDEX metric_names_name ON assay.metric_names (project_id, name);

-- The value is part of the key: two values at one step and time are two points, an equal repeat is none.
CREATE TABLE assay.metric_points (
  project_id bigint NOT NULL,
  candidate_iid bigint NOT NULL,
  metric_id integer NOT NULL,
  step bigint NOT NULL,
  tracked_at bigint NOT NULL,
  value double precision NOT NULL,
  PRIMARY KEY (project_id, candidate_iid, metric_id, step, tracked_at, value)
);

-- What search and pages read of a candidate's metric; "latest" is the highest step, then time, then value.
CREATE TABLE assay.candidate_metrics (
  project_id bigint NOT NULL,
  candidate_iid bigint NOT NULL,
  metric_id integer NOT NULL,
  experiment_iid bigint NOT NULL,
  latest double precision NOT NULL,
  latest_step bigint NOT NULL,
  latest_tracked_at bigint NOT NULL,
  first double precision NOT NULL,
  first_step bigint NOT NULL,
  first_tracked_at bigint NOT NULL,
  -- NaN counts in neither; null while there is nothing else.
  min double precision,
  max double precision,
  points bigint NOT NULL,
  PRIMARY KEY (project_id, candidate_iid, metric_id)
);
CREATE INDEX candidate_metrics_latest ON assay.candidate_metrics (project_id, experiment_iid, metric_id, latest, candidate_iid);

CREATE TABLE assay.candidate_params (
  project_id bigint NOT NULL,
  candidate_iid bigint NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (project_id, candidate_iid, name)
);
CREATE INDEX candidate_params_value ON assay.candidate_params (project_id, name, left(value, 200), candidate_iid);

CREATE TABLE assay.candidate_tags (
  project_id bigint NOT NULL,
  candidate_iid bigint NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (project_id, candidate_iid, name)
);
CREATE INDEX candidate_tags_value ON assay.candidate_tags (project_id, name, left(value, 200), candidate_iid);

-- A dataset is one (name, digest) of an experiment.
CREATE TABLE assay.datasets (
  project_id bigint NOT NULL,
  dataset_id uuid NOT NULL,
  experiment_iid bigint NOT NULL,
  name text NOT NULL,
  digest text NOT NULL,
  source_type text NOT NULL,
  source text NOT NULL,
  schema text,
  profile text,
  PRIMARY KEY (project_id, dataset_id),
  FOREIGN KEY (project_id, experiment_iid) REFERENCES assay.experiments (project_id, iid)
);
CREATE UNIQUE INDEX datasets_digest ON assay.datasets (project_id, experiment_iid, name, digest);

CREATE TABLE assay.candidate_inputs (
  project_id bigint NOT NULL,
  candidate_iid bigint NOT NULL,
  dataset_id uuid NOT NULL,
  tags jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (project_id, candidate_iid, dataset_id),
  FOREIGN KEY (project_id, candidate_iid) REFERENCES assay.candidates (project_id, iid),
  FOREIGN KEY (project_id, dataset_id) REFERENCES assay.datasets (project_id, dataset_id)
);
