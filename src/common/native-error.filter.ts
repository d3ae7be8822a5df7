import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AssayError, type ErrorKind } from './errors';
import { statusOfError } from './error-status';
import type { HttpAnswer } from './http';

const kindOfStatus = new Map<number, ErrorKind>(
  (Object.entries(statusOfError) as [ErrorKind, number][]).map(([kind, status]) => [status, kind]),
);
kindOfStatus.set(409, 'conflict');

/** Reads any thrown value as one of ours: the framework's own refusals keep their status, everything else is a defect of ours and says nothing. */
export function asAssayError(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const kind = error instanceof HttpException ? kindOfStatus.get(error.getStatus()) : undefined;
  if (kind !== undefined && kind !== 'internal')
    return new AssayError(kind, (error as Error).message, { cause: error });
  if (error instanceof HttpException && error.getStatus() < 500)
    return new AssayError('invalid', error.message, { cause: error });
  return new AssayError('internal', 'Something failed on the server; its log tells what.', { cause: error });
}

const logger = new Logger('Assay');

/** Logs what nobody expected; refusals are the caller's to read, not the operator's. */
export function logDefect(error: AssayError): void {
  if (error.kind === 'internal') logger.error(error.cause instanceof Error ? (error.cause.stack ?? '') : error.message);
}

/** Answers the native API's errors: `{error, message, field?}`, with Retry-After where trying again helps. */
@Catch()
export class NativeErrorFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = asAssayError(thrown);
    logDefect(error);
    const answer = host.switchToHttp().getResponse<HttpAnswer>();
    if (error.retryAfterSeconds !== undefined) answer.header('Retry-After', String(error.retryAfterSeconds));
    answer.header('Content-Type', 'application/json; charset=utf-8');
    const field = error.field === undefined ? {} : { field: error.field };
    answer.status(statusOfError[error.kind]).send({ error: error.kind, message: error.message, ...field });
  }
}
