import { IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpRequest } from '../../common';

/** What we use of Fastify's reply; Express's response is Node's own. */
interface Reply {
  readonly raw?: ServerResponse;
  hijack?(): unknown;
  getHeaders?(): Record<string, number | string | string[] | undefined>;
}

/** Node's own request, whichever adapter runs. */
export function nodeRequest(request: HttpRequest): IncomingMessage {
  const raw: unknown = request.raw ?? request;
  if (raw instanceof IncomingMessage) return raw;
  throw new Error('Assay runs on Express and Fastify only');
}

/** Node's own response; Fastify lets go of it, with the headers that hooks have set so far. */
export function takeResponse(response: object): ServerResponse {
  const reply = response as Reply;
  if (reply.raw === undefined || reply.hijack === undefined) return response as ServerResponse;
  for (const [name, value] of Object.entries(reply.getHeaders?.() ?? {})) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.hijack();
  return reply.raw;
}

/** Path and query as the client sent them, also where the host mounts us below a router. */
export function sentUrl(request: HttpRequest): string {
  const { originalUrl } = request as { originalUrl?: string };
  return originalUrl ?? request.url;
}
