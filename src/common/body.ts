import { Readable } from 'node:stream';
import { AssayError, invalid } from './errors';
import type { HttpRequest } from './http';

function tooLarge(limit: number): AssayError {
  return new AssayError('too-large', `The request's body is larger than the limit of ${String(limit)} bytes.`);
}

/** Collects a stream; what comes after the limit is read and thrown away, so that the client gets our answer. */
function collect(stream: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge(limit));
    });
    stream.once('end', () => {
      resolve(Buffer.concat(chunks, Math.min(size, limit)));
    });
    stream.once('error', () => {
      reject(invalid("The request's body ended before it was complete."));
    });
    stream.once('close', () => {
      // A stream closes after its end too, and an error costs a stack trace.
      if (!stream.readableEnded) reject(invalid("The request's body ended before it was complete."));
    });
  });
}

/**
 * The body's bytes, whether the host left the stream unread, keeps `rawBody`, or hands out a Buffer or a stream as `body`.
 * @throws AssayError `too-large` naming the limit (in bytes)
 */
export async function readBody(request: HttpRequest, limit: number): Promise<Buffer> {
  const { rawBody, body } = request;
  const held = rawBody ?? (Buffer.isBuffer(body) ? body : undefined);
  if (held !== undefined) {
    if (held.length > limit) throw tooLarge(limit);
    return held;
  }
  const stream = body instanceof Readable ? body : (request.raw ?? (request as unknown as Readable));
  if (stream.readableEnded) {
    if (request.headers['content-length'] === '0' || body === undefined || body === null) return Buffer.alloc(0);
    throw new Error('The body was parsed before we could read it: the host must leave it unread or keep rawBody.');
  }
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    stream.resume();
    throw tooLarge(limit);
  }
  return collect(stream, limit);
}

const formLimit = 65_536;

/** The fields of a posted HTML form, the last of each name; works whether or not the host parsed it. */
export async function readForm(request: HttpRequest): Promise<ReadonlyMap<string, string>> {
  const { body } = request;
  if (typeof body === 'object' && body !== null && !Buffer.isBuffer(body) && !(body instanceof Readable)) {
    return new Map(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }
  const text = typeof body === 'string' ? body : (await readBody(request, formLimit)).toString('utf8');
  return new Map(new URLSearchParams(text));
}
