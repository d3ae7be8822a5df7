import { statement } from '../../database';

const columns =
  'upload_id, path, kind, store_upload_id, bytes_before, created_at, completed_at IS NOT NULL AS completed';
const own = 'project_id = $1 AND upload_id = $2::uuid';

/** $2 id, $3 path, $4 kind, $5 the store's name, $6 bytes before, $7 who, $8 seconds, $9 how many may be open. Nothing when there are too many. */
export const open = statement(
  'uploads.open',
  `INSERT INTO assay.uploads (project_id, upload_id, path, kind, store_upload_id, bytes_before, created_by, expires_at)
   SELECT $1, $2::uuid, $3, $4, $5, $6::bigint, $7, now() + $8 * interval '1 second'
    WHERE (SELECT count(*) FROM assay.uploads u
            WHERE u.project_id = $1 AND u.expires_at > now() AND u.completed_at IS NULL) < $9::bigint
   RETURNING upload_id`,
);

/** $3 its path: an upload is only known together with what it is for. */
export const find = statement(
  'uploads.find',
  `SELECT ${columns} FROM assay.uploads
    WHERE ${own} AND path = $3 AND kind = 'multipart' AND expires_at > now()`,
);

/** Kept until it would have expired, so that a client may repeat what it got no answer to. */
export const complete = statement('uploads.complete', `UPDATE assay.uploads SET completed_at = now() WHERE ${own}`);

export const remove = statement('uploads.remove', `DELETE FROM assay.uploads WHERE ${own} RETURNING upload_id`);

/** The projects that have expired uploads, for the operator's sweep. */
export const projectsWithExpired = statement(
  'uploads.projects-with-expired',
  'SELECT DISTINCT project_id AS id FROM assay.uploads WHERE expires_at <= $1 ORDER BY project_id',
);

/** $2 the moment, $3 the last upload seen, $4 how many. */
export const expired = statement(
  'uploads.expired',
  `SELECT ${columns} FROM assay.uploads
    WHERE project_id = $1 AND expires_at <= $2 AND upload_id > $3::uuid ORDER BY upload_id LIMIT $4`,
);

/** Which of these names of the store belong to a row. */
export const known = statement(
  'uploads.known',
  'SELECT store_upload_id FROM assay.uploads WHERE project_id = $1 AND store_upload_id = ANY ($2::text[])',
);

/** Held until the transaction ends. */
export const tryLock = statement('uploads.try-lock', 'SELECT pg_try_advisory_xact_lock($1::bigint) AS mine');
