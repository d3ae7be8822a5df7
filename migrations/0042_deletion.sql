-- Deleting for good: marked first, which hides it and cannot be taken back, then removed part by part.
ALTER TABLE assay.experiments ADD COLUMN purge_requested_at timestamptz;
ALTER TABLE assay.candidates ADD COLUMN purge_requested_at timestamptz;
ALTER TABLE assay.logged_models ADD COLUMN purge_requested_at timestamptz;

-- What is to be removed, and what was deleted long ago.
CREATE INDEX experiments_purge ON assay.experiments (project_id, iid) WHERE purge_requested_at IS NOT NULL;
CREATE INDEX candidates_purge ON assay.candidates (project_id, iid) WHERE purge_requested_at IS NOT NULL;
CREATE INDEX logged_models_purge ON assay.logged_models (project_id, model_id) WHERE purge_requested_at IS NOT NULL;
CREATE INDEX candidates_deleted ON assay.candidates (project_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX logged_models_deleted ON assay.logged_models (project_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- Foreign keys look here when the row that they name goes.
CREATE INDEX candidate_inputs_dataset ON assay.candidate_inputs (project_id, dataset_id);
CREATE INDEX candidate_models_model ON assay.candidate_models (project_id, model_id);
CREATE INDEX logged_model_metrics_candidate ON assay.logged_model_metrics (project_id, candidate_eid);

-- When the server last looked for what is to be deleted for good.
ALTER TABLE assay.project_storage ADD COLUMN collected_at timestamptz;
