import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { defaultPrefix, sentContentTypeHeader, unreadContentType } from '../common';
import { measureExpress, measureFastify } from './measure-requests';

/** Where Assay is mounted, as `AssayModule.forRoot` was told. */
export interface HostMount {
  /** The path of the API without slashes at either end. */
  readonly prefix?: string;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The API's path with a slash before it, as a regular expression; empty for a mount at the root. */
function rootOf(prefix: string): string {
  const mount = prefix.split('/').filter(Boolean).map(escaped).join('/');
  return mount === '' ? '' : `/${mount}`;
}

/** Matches the addresses whose bodies we read ourselves, also below a host's global prefix. */
function ownAddresses(root: string): RegExp {
  return new RegExp(`^[^?]*${root}/(projects/[^/?]+/ml([/?]|$)|ml/hooks/)`);
}

/** No parser of the host knows the new type, so the body stays an unread stream; what the client sent is kept beside it. */
function leaveUnread({ headers }: IncomingMessage): void {
  const sent = headers['content-type'];
  if (sent === undefined) Reflect.deleteProperty(headers, sentContentTypeHeader);
  else headers[sentContentTypeHeader] = sent;
  headers['content-type'] = unreadContentType;
}

function prepareFastify(instance: FastifyInstance, own: RegExp): void {
  instance.addContentTypeParser(unreadContentType, (_request, _payload, done) => {
    done(null);
  });
  instance.addHook('onRequest', (request, _reply, done) => {
    if (own.test(request.raw.url ?? '')) leaveUnread(request.raw);
    done();
  });
}

function prepareExpress(app: INestApplication, own: RegExp): void {
  app.use((request: IncomingMessage, _response: unknown, next: () => void) => {
    if (own.test(request.url ?? '')) leaveUnread(request);
    next();
  });
}

/**
 * Makes a host leave the bodies of projects' addresses and of webhooks unread, on Express and on Fastify: artifacts are streamed
 * whatever their content type, and webhooks are signed byte by byte. It also counts and times our
 * requests for `assayMetrics`. Call it before `app.init()` or `app.listen()`; the host's own routes see nothing of it.
 */
export function prepareHost(app: INestApplication, { prefix = defaultPrefix }: HostMount = {}): void {
  const adapter = app.getHttpAdapter();
  const root = rootOf(prefix);
  const own = ownAddresses(root);
  if (adapter.getType() === 'fastify') {
    const instance = adapter.getInstance() as FastifyInstance;
    measureFastify(instance, root);
    prepareFastify(instance, own);
    return;
  }
  measureExpress(app, root);
  prepareExpress(app, own);
}
