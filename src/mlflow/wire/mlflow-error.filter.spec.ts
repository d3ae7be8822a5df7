import { Logger, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import { AssayError, unavailable } from '../../common';
import { EndpointNotFound } from './endpoint-not-found';
import { MlflowErrorFilter } from './mlflow-error.filter';

interface Answered {
  status?: number;
  body?: unknown;
  readonly headers: Record<string, string>;
}

/** What a client would get for what a route threw. */
function answerTo(thrown: unknown): Answered {
  const answered: Answered = { headers: {} };
  const response = {
    status(code: number) {
      answered.status = code;
      return response;
    },
    header(name: string, value: string) {
      answered.headers[name] = value;
      return response;
    },
    send(body: unknown) {
      answered.body = body;
    },
  };
  const host = { switchToHttp: () => ({ getResponse: () => response }) };
  new MlflowErrorFilter().catch(thrown, host as unknown as ArgumentsHost);
  return answered;
}

describe('MlflowErrorFilter', () => {
  it('tells nothing of a defect but logs it', () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { status, body } = answerTo(new Error('password of the database: hunter2'));
    expect([status, body]).toEqual([500, { error_code: 'INTERNAL_ERROR', message: expect.any(String) as string }]);
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(log).toHaveBeenCalledWith(expect.stringContaining('hunter2'));
    log.mockRestore();
  });

  it('says when trying again makes sense', () => {
    expect(answerTo(unavailable('The store is away.', undefined, 7))).toMatchObject({
      status: 503,
      headers: { 'Retry-After': '7' },
      body: { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'The store is away.' },
    });
    expect(answerTo(new AssayError('rate-limited', 'Slowly.', { retryAfterSeconds: 2 }))).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '2' },
      body: { error_code: 'REQUEST_LIMIT_EXCEEDED' },
    });
  });

  it('asks for a token where one is missing', () => {
    const { status, headers } = answerTo(new AssayError('unauthenticated', 'Sign in.'));
    expect([status, headers['WWW-Authenticate']]).toEqual([401, expect.stringContaining('Bearer')]);
  });

  it("answers the framework's own refusals, and unknown addresses, in the same shape", () => {
    expect(answerTo(new NotFoundException('no'))).toMatchObject({ status: 404, body: { message: 'no' } });
    expect(answerTo(new EndpointNotFound('GET', '/x'))).toMatchObject({
      status: 404,
      body: { error_code: 'ENDPOINT_NOT_FOUND', message: 'No endpoint of this server answers GET /x' },
    });
  });
});
