import type { ErrorKind } from './errors';

/** The HTTP status of each kind on the native API and the pages. */
export const statusOfError: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'already-exists': 409,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
  unsupported: 501,
  internal: 500,
};
