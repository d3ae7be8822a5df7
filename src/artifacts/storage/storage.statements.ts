import { statement } from '../../database';

/** Milliseconds that room stays reserved for a file that is being put in its place; a store is silent for a minute at most. */
const reservedFor = 600_000;

const reserved = `(SELECT coalesce(sum(r.bytes), 0) FROM assay.storage_reservations r
  WHERE r.project_id = $1 AND r.made_at > now() - ${String(reservedFor)} * interval '1 millisecond')::bigint`;

export const usage = statement(
  'storage.usage',
  `SELECT s.bytes, s.files, s.version, s.limit_bytes, s.counted_at, ${reserved} AS reserved
     FROM assay.project_storage s WHERE s.project_id = $1`,
);

/** Waits for one who counts the whole store; $2 the project's lock, $3 the file's, so that one file has one writer at a time. */
export const lockFile = statement(
  'storage.lock-file',
  `SELECT pg_advisory_xact_lock_shared($1, $2) IS NULL AS project, pg_advisory_xact_lock($3, $4) IS NULL AS file`,
);

/** Until the transaction ends, no file of the project comes into its place. */
export const lockProject = statement('storage.lock-project', 'SELECT pg_advisory_xact_lock($1, $2)');

export const lockSums = statement(
  'storage.lock-sums',
  'SELECT limit_bytes FROM assay.project_storage WHERE project_id = $1 FOR UPDATE',
);

/** $2 id, $3 bytes, $4 those that the file had before, $5 the limit. Nothing when there is no room. Needs the lock of `lockSums`. */
export const reserve = statement(
  'storage.reserve',
  `INSERT INTO assay.storage_reservations (project_id, reservation_id, bytes)
   SELECT $1, $2::uuid, $3::bigint FROM assay.project_storage s
    WHERE s.project_id = $1 AND s.bytes + ${reserved} + $3::bigint - $4::bigint <= $5::bigint
   RETURNING reservation_id`,
);

export const release = statement(
  'storage.release',
  'DELETE FROM assay.storage_reservations WHERE project_id = $1 AND reservation_id = $2',
);

export const change = statement(
  'storage.change',
  `UPDATE assay.project_storage SET bytes = bytes + $2, files = files + $3, version = version + 1 WHERE project_id = $1`,
);

/** Makes the row of a project that has none. */
export const open = statement(
  'storage.open',
  'INSERT INTO assay.project_storage (project_id) VALUES ($1) ON CONFLICT (project_id) DO NOTHING',
);

/** Nothing when something changed since the version $4. */
export const setCounted = statement(
  'storage.set-counted',
  `UPDATE assay.project_storage SET bytes = $2, files = $3, counted_at = now(), version = version + 1
    WHERE project_id = $1 AND version = $4 RETURNING version`,
);

export const releaseExpired = statement(
  'storage.release-expired',
  `DELETE FROM assay.storage_reservations
    WHERE project_id = $1 AND made_at <= now() - ${String(reservedFor)} * interval '1 millisecond'`,
);

export const setLimit = statement(
  'storage.set-limit',
  `INSERT INTO assay.project_storage (project_id, limit_bytes) VALUES ($1, $2)
   ON CONFLICT (project_id) DO UPDATE SET limit_bytes = excluded.limit_bytes`,
);
