import { AssayError, type ErrorKind } from '../../common';

const passing: readonly ErrorKind[] = ['unavailable', 'rate-limited', 'unauthenticated'];

/** Whether trying again may help; what the forge refuses for good is not among them. */
export function passes(error: unknown): error is AssayError {
  return error instanceof AssayError && passing.includes(error.kind);
}

/** Milliseconds before the next try: doubled each time, at least as long as the forge asked for, at most `longest`. */
export function pauseBefore(tries: number, error: AssayError, longest: number): number {
  const doubled = 1_000 * 2 ** Math.min(tries, 20);
  return Math.min(longest, Math.max(doubled, (error.retryAfterSeconds ?? 0) * 1_000));
}
