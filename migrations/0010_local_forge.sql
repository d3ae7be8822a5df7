-- The local forge keeps what another forge would keep by itself; it is no tracked project's data, so it has keys of its own.
CREATE SCHEMA assay_forge;

CREATE TABLE assay_forge.users (
  user_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  username text NOT NULL,
  -- May do everything in every project.
  administrator boolean NOT NULL DEFAULT false,
  -- Belongs to a project's token, not to a person.
  bot boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_username ON assay_forge.users (lower(username));

CREATE TABLE assay_forge.projects (
  project_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  path text NOT NULL,
  default_branch text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('public', 'internal', 'private')),
  archived boolean NOT NULL DEFAULT false,
  last_merge_request bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX projects_path ON assay_forge.projects (lower(path));

CREATE TABLE assay_forge.members (
  project_id bigint NOT NULL REFERENCES assay_forge.projects ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES assay_forge.users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('read', 'write', 'maintain')),
  PRIMARY KEY (project_id, user_id)
);

CREATE TABLE assay_forge.tokens (
  token_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES assay_forge.users ON DELETE CASCADE,
  -- Set: the token is good for this project alone.
  project_id bigint REFERENCES assay_forge.projects ON DELETE CASCADE,
  name text NOT NULL,
  -- SHA-256 of the secret, which is kept nowhere.
  hash bytea NOT NULL,
  scopes text[] NOT NULL CHECK (scopes <@ ARRAY['read', 'write']),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX tokens_hash ON assay_forge.tokens (hash);

-- A parent is always numbered before its children, so that the number orders a history.
CREATE TABLE assay_forge.commits (
  project_id bigint NOT NULL REFERENCES assay_forge.projects ON DELETE CASCADE,
  sha text NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (project_id, sha)
);

CREATE TABLE assay_forge.commit_parents (
  project_id bigint NOT NULL,
  sha text NOT NULL,
  parent_sha text NOT NULL,
  PRIMARY KEY (project_id, sha, parent_sha),
  FOREIGN KEY (project_id, sha) REFERENCES assay_forge.commits ON DELETE CASCADE,
  FOREIGN KEY (project_id, parent_sha) REFERENCES assay_forge.commits ON DELETE CASCADE
);
CREATE INDEX commit_parents_parent ON assay_forge.commit_parents (project_id, parent_sha);

CREATE TABLE assay_forge.branches (
  project_id bigint NOT NULL REFERENCES assay_forge.projects ON DELETE CASCADE,
  name text NOT NULL,
  head_sha text NOT NULL,
  PRIMARY KEY (project_id, name),
  FOREIGN KEY (project_id, head_sha) REFERENCES assay_forge.commits
);

CREATE TABLE assay_forge.merge_requests (
  project_id bigint NOT NULL REFERENCES assay_forge.projects ON DELETE CASCADE,
  iid bigint NOT NULL,
  title text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'merged')),
  author_id bigint NOT NULL REFERENCES assay_forge.users,
  source_branch text NOT NULL,
  -- Follows the branch while the merge request is open.
  source_sha text NOT NULL,
  target_branch text NOT NULL,
  -- Kept at the merge, after which the branches no longer tell it.
  merge_base_sha text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, iid)
);
CREATE UNIQUE INDEX merge_requests_open ON assay_forge.merge_requests (project_id, source_branch, target_branch)
  WHERE state = 'open';

CREATE TABLE assay_forge.comments (
  comment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id bigint NOT NULL,
  merge_request bigint NOT NULL,
  -- Null: the tracking server itself.
  author_id bigint REFERENCES assay_forge.users,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (project_id, merge_request) REFERENCES assay_forge.merge_requests ON DELETE CASCADE
);
CREATE INDEX comments_merge_request ON assay_forge.comments (project_id, merge_request, comment_id);

CREATE TABLE assay_forge.statuses (
  project_id bigint NOT NULL,
  sha text NOT NULL,
  context text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'success', 'warning', 'failure', 'error')),
  description text NOT NULL,
  target_url text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, sha, context),
  FOREIGN KEY (project_id, sha) REFERENCES assay_forge.commits ON DELETE CASCADE
);
