import { AssayError, invalid, notFound, unavailable } from '../../common';
import { nameTaken, storeDown, storeFull } from './store-failures';

const absent = new Set(['NotFound', 'NoSuchKey', 'NoSuchUpload']);
const full = new Set(['XMinioStorageFull', 'InsufficientStorage', 'InsufficientCapacity', 'QuotaExceeded']);
const clashes = new Set([
  'ObjectParentIsFile',
  'ExistingObjectIsDirectory',
  'XMinioParentIsObject',
  'XMinioObjectExistsAsDirectory',
]);
const names = new Set(['KeyTooLongError', 'XMinioInvalidObjectName']);
const refusals = new Set([
  'AccessDenied',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'NoSuchBucket',
  'AuthorizationHeaderMalformed',
  'RequestTimeTooSkewed',
]);

/** S3's error code, or the system's of a lost connection; empty when there is none. */
export function s3Code(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Whether it says that the object is not there. */
export function isAbsent(error: unknown): boolean {
  return absent.has(s3Code(error));
}

/** What S3 says in our words. Defects pass unchanged. */
export function asS3Failure(error: unknown, key: string): unknown {
  if (error instanceof AssayError || error instanceof TypeError) return error;
  const code = s3Code(error);
  if (absent.has(code)) return notFound('There is no such artifact');
  if (full.has(code)) return storeFull(error);
  if (clashes.has(code)) return nameTaken(key);
  if (names.has(code)) return invalid('Invalid path: the artifact store refuses the name; use a shorter one', 'path');
  if (!refusals.has(code)) return storeDown(error);
  return unavailable(
    `The artifact store refuses this server (${code}); its operator must check bucket and keys.`,
    error,
    30,
  );
}
