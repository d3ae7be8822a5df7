import type { IncomingMessage } from 'node:http';

/** What we use of a request; Express's and Fastify's both fit. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as the client sent them. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Decoded path parameters. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** What the host's parser made of the body, if one ran. */
  readonly body?: unknown;
  /** The body's bytes, when the host keeps them. */
  readonly rawBody?: Buffer;
  /** Node's own request; only Fastify has it, Express's request is one. */
  readonly raw?: IncomingMessage;
}

/** What we use of a response; Express's and Fastify's both fit. */
export interface HttpAnswer {
  status(code: number): HttpAnswer;
  header(name: string, value: string): HttpAnswer;
  send(body: unknown): unknown;
}

/** Sent with every 401: the ways to present a token. */
export const challenge = 'Bearer realm="Assay", Basic realm="Assay"';
