import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { invalid, readBody, sentContentType, type HttpRequest } from '../../common';
import { Fields, isObject } from './fields';

/** How large a request's body may be, in bytes. */
export const messageLimits = { usual: 1_048_576, batch: 16_777_216 } as const;

const textOrName = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** Python's writers of JSON put NaN and the infinities into it as bare names; protobuf has them in quotes. */
function quoteNames(text: string): string {
  return text.replace(textOrName, (found) => (found.startsWith('"') ? found : `"${found}"`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.includes('NaN') || text.includes('Infinity') ? (JSON.parse(quoteNames(text)) as unknown) : undefined;
  }
}

/** Clients of old wrap the JSON into a JSON string. */
function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseJson(text);
    if (typeof value === 'string') return parse(value);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function checkContentType(request: HttpRequest): void {
  const sent = sentContentType(request.headers);
  if (sent === undefined || request.method !== 'POST') return;
  if (sent.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json')
    throw invalid("Bad Request. Content-Type must be one of ['application/json'].", 'Content-Type');
}

/** Reads the query of a GET, else the JSON body; what is no JSON object counts as an empty message, as the protocol has it. */
export async function readMessage(request: HttpRequest, limit: number): Promise<Fields> {
  if (request.method === 'GET' || request.method === 'HEAD') return Fields.ofQuery(request.url);
  checkContentType(request);
  const { body } = request;
  if (isObject(body) && !Buffer.isBuffer(body) && !(body instanceof Readable)) return new Fields(body);
  const bytes = await readBody(request, limit);
  return new Fields(isUtf8(bytes) ? parse(bytes.toString('utf8')) : {});
}

/** The request as {@link Fields}; read only after the guard let it pass. */
export const Message = createParamDecorator((limit: number | undefined, context: ExecutionContext): Promise<Fields> => {
  const request = context.switchToHttp().getRequest<HttpRequest>();
  return readMessage(request, limit ?? messageLimits.usual);
});
