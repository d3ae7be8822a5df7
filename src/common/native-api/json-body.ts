import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Observable } from 'rxjs';
import { readBody } from '../body';
import { invalid } from '../errors';
import type { HttpRequest } from '../http';
import { sentContentType } from '../sent-content-type';

/** Bytes: a thousand points of long names, or the profile of a dataset. */
const largestBody = 16_777_216;

function isParsed({ body }: HttpRequest): boolean {
  return body !== undefined && body !== null && !Buffer.isBuffer(body) && !(body instanceof Readable);
}

/** An empty body counts as an empty object: what it would say is optional, or missed when it is checked. */
async function readJson(request: HttpRequest): Promise<unknown> {
  const bytes = await readBody(request, largestBody);
  if (bytes.length === 0) return {};
  const type = sentContentType(request.headers) ?? 'application/json';
  if (!/^application\/([^;]+\+)?json\s*(;|$)/i.test(type)) {
    throw invalid(`Content-Type is ${JSON.stringify(type)}; send JSON as application/json`, 'Content-Type');
  }
  try {
    if (isUtf8(bytes)) return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    // Told below, together with what is no UTF-8.
  }
  throw invalid('The body is not JSON in UTF-8; send a JSON object');
}

function takesBody(context: ExecutionContext): boolean {
  const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    object | undefined;
  return Object.keys(taken ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

/** Reads the bodies that `prepareHost` left unread, for routes that take one; so every refusal of a body is of our shape. */
@Injectable()
export class JsonBodies implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    if (takesBody(context) && !isParsed(request)) Object.assign(request, { body: await readJson(request) });
    return next.handle();
  }
}

/** The JSON of the body, not checked in any way: for routes that check it with straight code. */
export const JsonBody = createParamDecorator((_: unknown, context: ExecutionContext): unknown => {
  const request = context.switchToHttp().getRequest<HttpRequest>();
  return isParsed(request) ? request.body : readJson(request);
});
