-- The newest candidates of a whole project.
CREATE INDEX candidates_newest ON assay.candidates (project_id, started_at DESC, iid DESC);
-- A commit by the beginning of its sha.
CREATE INDEX candidates_short_commit ON assay.candidates (project_id, left(commit_sha, 7) COLLATE "C", iid) WHERE commit_sha IS NOT NULL;

-- In the order of bytes, in which a search sorts, so that it can be walked as well.
DROP INDEX assay.candidate_params_value;
CREATE INDEX candidate_params_value ON assay.candidate_params (project_id, name, left(value, 200) COLLATE "C", candidate_iid);
DROP INDEX assay.candidate_tags_value;
CREATE INDEX candidate_tags_value ON assay.candidate_tags (project_id, name, left(value, 200) COLLATE "C", candidate_iid);

-- How many rows a metric has in an experiment, or a param in a project, is not the product of the parts.
CREATE STATISTICS assay.candidates_series (mcv) ON project_id, experiment_iid FROM assay.candidates;
CREATE STATISTICS assay.candidate_metrics_series (mcv) ON project_id, experiment_iid, metric_id FROM assay.candidate_metrics;
CREATE STATISTICS assay.candidate_params_series (mcv) ON project_id, name FROM assay.candidate_params;
CREATE STATISTICS assay.candidate_tags_series (mcv) ON project_id, name FROM assay.candidate_tags;
