-- The newest candidates of a whole project.
CREATE INDEX candidates_newest ON assay.candidates (project_id, started_at DESC, iid DESC);
-- A commit by the beginning of its sha.
CREATE INDEX candidates_short_commit ON assay.candidates (project_id, left(commit_sha, 7) COLLATE "C", iid) WHERE commit_sha IS NOT NULL;

-- In the order of bytes, in which a search sorts, so that it can be walked as well.
DROP INDEX assay.candidate_params_value;
CREATE INDEX candidate_params_value ON assay.candidate_params (project_id, name, left(value, 200) COLLATE "C", candidate_iid);
DROP INDEX assay.candidate_tags_value;
CREATE INDEX candidate_tags_value ON assay.candidate_tags (project_id, name, left(value, 200) COLLATE "C", candidate_iid);
