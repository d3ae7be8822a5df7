-- What each project keeps in the artifact store.
CREATE TABLE assay.project_storage (
  project_id bigint PRIMARY KEY REFERENCES assay.projects,
  bytes bigint NOT NULL DEFAULT 0,
  files bigint NOT NULL DEFAULT 0,
  -- Rises with every change, so that a count of the whole store knows whether it is still true.
  version bigint NOT NULL DEFAULT 0,
  -- When the store itself was last counted; NULL until then, and the sums mean nothing yet.
  counted_at timestamptz,
  -- The project's own limit; NULL: the server's.
  limit_bytes bigint CHECK (limit_bytes >= 0)
);

-- Room that is kept for uploads whose content has arrived and is about to become a file. One that a killed process left expires.
CREATE TABLE assay.storage_reservations (
  project_id bigint NOT NULL REFERENCES assay.projects,
  reservation_id uuid NOT NULL,
  bytes bigint NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, reservation_id)
);
