import { AssayError, unavailable } from '../common';

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);
const retryableStates = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53000',
  '53100',
  '53200',
  '53300',
  '40001',
  '40P01',
  '55P03',
]);
const connectionMessages =
  /connection terminated|connection ended|timeout exceeded when trying to connect|not queryable/i;

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** PostgreSQL's name of a constraint violation: `23505` unique, `23503` foreign key, `23502` not null; empty for other errors. */
export function constraintViolation(error: unknown): { state: string; constraint: string; column: string } | undefined {
  const state = codeOf(error);
  if (!state.startsWith('23')) return undefined;
  const { constraint, column } = error as { constraint?: string; column?: string };
  return { state, constraint: constraint ?? '', column: column ?? '' };
}

/** Whether the database could not answer at all (down, restarting, out of connections or disk), so that trying again makes sense. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (connectionCodes.has(code) || retryableStates.has(code) || code.startsWith('08')) return true;
  return error instanceof Error && connectionMessages.test(error.message);
}

/** Turns a lost database into `unavailable`; every other error passes unchanged. */
export function asFailure(error: unknown): unknown {
  if (error instanceof AssayError || !isDatabaseUnavailable(error)) return error;
  return unavailable('The database does not answer now; nothing of this request was acknowledged, try again.', error);
}
