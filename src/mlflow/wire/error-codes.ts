import type { ErrorKind } from '../../common';

/** How an error looks on the wire. */
export interface WireError {
  readonly code: string;
  readonly status: number;
}

/**
 * MLflow's code and status of each kind. A name that is taken is 400 there, not 409; a mistake of the caller is never 5xx, because
 * the Python client repeats those for minutes.
 */
export const wireErrors: Readonly<Record<ErrorKind, WireError>> = {
  invalid: { code: 'INVALID_PARAMETER_VALUE', status: 400 },
  unauthenticated: { code: 'UNAUTHENTICATED', status: 401 },
  forbidden: { code: 'PERMISSION_DENIED', status: 403 },
  'not-found': { code: 'RESOURCE_DOES_NOT_EXIST', status: 404 },
  'already-exists': { code: 'RESOURCE_ALREADY_EXISTS', status: 400 },
  conflict: { code: 'RESOURCE_CONFLICT', status: 409 },
  'too-large': { code: 'INVALID_PARAMETER_VALUE', status: 413 },
  'rate-limited': { code: 'REQUEST_LIMIT_EXCEEDED', status: 429 },
  unavailable: { code: 'TEMPORARILY_UNAVAILABLE', status: 503 },
  unsupported: { code: 'NOT_IMPLEMENTED', status: 501 },
  internal: { code: 'INTERNAL_ERROR', status: 500 },
};

/** For addresses below the tracking URI that are none. */
export const endpointNotFound: WireError = { code: 'ENDPOINT_NOT_FOUND', status: 404 };
