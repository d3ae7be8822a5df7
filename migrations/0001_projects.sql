-- Every primary key, unique index and foreign key begins with project_id, so that one project's rows are one shard.

CREATE TABLE assay.projects (
  project_id bigint PRIMARY KEY,
  path text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  default_branch text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('public', 'internal', 'private')),
  archived boolean NOT NULL DEFAULT false,
  settings jsonb NOT NULL DEFAULT '{}',
  webhook_id text,
  webhook_secret text,
  enabled_by text NOT NULL,
  enabled_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX projects_path ON assay.projects (lower(path));

-- The next number of each counter of a project (candidates, metric names …), taken in blocks.
CREATE TABLE assay.counters (
  project_id bigint NOT NULL REFERENCES assay.projects,
  name text NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (project_id, name)
);

CREATE TABLE assay.project_tokens (
  project_id bigint NOT NULL REFERENCES assay.projects,
  token_id uuid NOT NULL,
  name text NOT NULL,
  hash bytea NOT NULL,
  role text NOT NULL CHECK (role IN ('read', 'write', 'maintain')),
  expires_at timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (project_id, token_id)
);
CREATE UNIQUE INDEX project_tokens_hash ON assay.project_tokens (project_id, hash);

CREATE TABLE assay.audit_events (
  project_id bigint NOT NULL REFERENCES assay.projects,
  event_id uuid NOT NULL,
  action text NOT NULL,
  actor text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  happened_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, event_id)
);
