import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { asAssayError, challenge, logDefect, type HttpAnswer } from '../../common';
import { EndpointNotFound } from './endpoint-not-found';
import { endpointNotFound, wireErrors } from './error-codes';

/** Answers every error as the clients read it: `{error_code, message}`. */
@Catch()
export class MlflowErrorFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = asAssayError(thrown);
    logDefect(error);
    const { code, status } = error instanceof EndpointNotFound ? endpointNotFound : wireErrors[error.kind];
    const answer = host.switchToHttp().getResponse<HttpAnswer>();
    if (error.retryAfterSeconds !== undefined) answer.header('Retry-After', String(error.retryAfterSeconds));
    if (status === 401) answer.header('WWW-Authenticate', challenge);
    answer.header('Content-Type', 'application/json');
    answer.status(status).send({ error_code: code, message: error.message });
  }
}
