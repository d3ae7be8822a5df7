import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Readable } from 'node:stream';
import { readBody } from '../body';
import { invalid } from '../errors';
import type { HttpRequest } from '../http';

async function readJson(request: HttpRequest, limit: number): Promise<unknown> {
  const { body } = request;
  const parsed = typeof body === 'object' && body !== null && !Buffer.isBuffer(body) && !(body instanceof Readable);
  if (parsed) return body;
  const text = (await readBody(request, limit)).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('The body is not JSON; send a JSON object with Content-Type: application/json');
  }
}

/**
 * The JSON of a body that the host leaves unread (see `prepareHost`), of at most so many bytes, not checked in any way; read only
 * after the guard let the request pass.
 */
export const JsonBody = createParamDecorator((limit: number, context: ExecutionContext): Promise<unknown> => {
  return readJson(context.switchToHttp().getRequest<HttpRequest>(), limit);
});
