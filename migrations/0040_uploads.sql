-- Uploads that go from a client to the store, past us: those under way, and the finished ones until they would have expired.
CREATE TABLE assay.uploads (
  project_id bigint NOT NULL REFERENCES assay.projects,
  upload_id uuid NOT NULL,
  -- Below the project, as clients say it.
  path text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('multipart', 'presigned')),
  -- The store's own name of a multipart upload.
  store_upload_id text,
  -- The size of the file that a presigned upload would replace; NULL when there was none.
  bytes_before bigint,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- When nothing can arrive any more.
  expires_at timestamptz NOT NULL,
  completed_at timestamptz,
  PRIMARY KEY (project_id, upload_id),
  CHECK ((kind = 'multipart') = (store_upload_id IS NOT NULL))
);
CREATE INDEX uploads_expiry ON assay.uploads (project_id, expires_at);
CREATE INDEX uploads_of_store ON assay.uploads (project_id, store_upload_id) WHERE store_upload_id IS NOT NULL;
