import { IncomingMessage } from 'node:http';
import type { HttpRequest } from '../../common';

export { takeResponse } from '../../common';

/** Node's own request, whichever adapter runs. */
export function nodeRequest(request: HttpRequest): IncomingMessage {
  const raw: unknown = request.raw ?? request;
  if (raw instanceof IncomingMessage) return raw;
  throw new Error('Assay runs on Express and Fastify only');
}

/** Path and query as the client sent them, also where the host mounts us below a router. */
export function sentUrl(request: HttpRequest): string {
  const { originalUrl } = request as { originalUrl?: string };
  return originalUrl ?? request.url;
}
