-- What we last heard of a merge request and what we last told about it.
CREATE TABLE assay.merge_requests (
  project_id bigint NOT NULL REFERENCES assay.projects,
  iid bigint NOT NULL,
  title text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'closed', 'merged')),
  web_url text NOT NULL,
  author text NOT NULL,
  source_branch text NOT NULL,
  target_branch text NOT NULL,
  head_sha text NOT NULL,
  -- The newest commits of the target branch, newest first: where a baseline may come from.
  target_commits text[] NOT NULL DEFAULT '{}',
  comment_id text,
  -- Of the comment as it stands, its time left out.
  comment_hash text,
  -- The headline of the comment as it stands: a deleted comment comes back when there is another one.
  comment_headline text,
  -- The state of the merge request when the comment was last written: a closed one gets no further updates.
  comment_state text,
  status_sha text,
  status_state text,
  status_description text,
  -- When the forge was last told something.
  reported_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, iid)
);
CREATE INDEX merge_requests_source ON assay.merge_requests (project_id, source_branch) WHERE state = 'open';
CREATE INDEX merge_requests_target ON assay.merge_requests (project_id, target_branch) WHERE state = 'open';

CREATE TABLE assay.merge_request_links (
  project_id bigint NOT NULL,
  merge_request_iid bigint NOT NULL,
  candidate_iid bigint NOT NULL,
  source text NOT NULL CHECK (source IN ('token', 'tag', 'experiment', 'commit', 'branch')),
  -- What was looked up: a number, a sha or a branch. A link falls when its candidate says something else.
  hint text NOT NULL,
  -- True when a token vouched for it, false when it is only what the client says.
  proven boolean NOT NULL DEFAULT false,
  -- The commit of the merge request that the candidate stands for.
  head_sha text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, merge_request_iid, candidate_iid),
  FOREIGN KEY (project_id, merge_request_iid) REFERENCES assay.merge_requests (project_id, iid),
  FOREIGN KEY (project_id, candidate_iid) REFERENCES assay.candidates (project_id, iid)
);
CREATE INDEX merge_request_links_candidate ON assay.merge_request_links (project_id, candidate_iid);

-- The last verdict on each head, for the page's history.
CREATE TABLE assay.merge_request_verdicts (
  project_id bigint NOT NULL,
  merge_request_iid bigint NOT NULL,
  head_sha text NOT NULL,
  state text NOT NULL,
  headline text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, merge_request_iid, head_sha),
  FOREIGN KEY (project_id, merge_request_iid) REFERENCES assay.merge_requests (project_id, iid)
);
