/** What went wrong, in the domain's words. Each face (native API, MLflow's protocol, pages) has its own table from these to statuses. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'already-exists'
  | 'conflict'
  | 'too-large'
  | 'rate-limited'
  | 'unavailable'
  | 'unsupported'
  | 'internal';

/** What a client can use to mend its request. */
export interface ErrorDetails {
  /** The name of the offending field, as the caller sent it. */
  readonly field?: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The only error that features throw on purpose; anything else is a defect and answers as `internal`. */
export class AssayError extends Error {
  readonly kind: ErrorKind;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AssayError';
    this.kind = kind;
    this.field = details.field;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** The caller's input breaks a rule; the message names the field, the limit and the way out. */
export function invalid(message: string, field?: string): AssayError {
  return new AssayError('invalid', message, field === undefined ? {} : { field });
}

/** There is no such thing, or the caller may not know of it. */
export function notFound(message: string): AssayError {
  return new AssayError('not-found', message);
}

/** The caller may see the project but not do this. */
export function forbidden(message: string): AssayError {
  return new AssayError('forbidden', message);
}

/** A part that we depend on (database, store, forge) does not answer now. */
export function unavailable(message: string, cause?: unknown, retryAfterSeconds = 5): AssayError {
  return new AssayError('unavailable', message, { cause, retryAfterSeconds });
}
