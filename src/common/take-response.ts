import type { ServerResponse } from 'node:http';

/** What we use of Fastify's reply; Express's response is Node's own. */
interface Reply {
  readonly raw?: ServerResponse;
  hijack?(): unknown;
  getHeaders?(): Record<string, number | string | string[] | undefined>;
}

/** Node's own response, whichever adapter runs; Fastify lets go of it, with the headers that hooks have set so far. */
export function takeResponse(response: object): ServerResponse {
  const reply = response as Reply;
  if (reply.raw === undefined || reply.hijack === undefined) return response as ServerResponse;
  for (const [name, value] of Object.entries(reply.getHeaders?.() ?? {})) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.hijack();
  return reply.raw;
}
