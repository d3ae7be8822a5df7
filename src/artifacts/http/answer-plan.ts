import type { IncomingHttpHeaders } from 'node:http';
import type { Artifact } from '../artifacts.service';
import type { ByteRange } from '../store/artifact-store';

/** What a request for an artifact is answered with. */
export interface AnswerPlan {
  readonly status: 200 | 206 | 304 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body; absent when there is none to read. */
  readonly range?: ByteRange;
}

/** What is read of a Range header: several ranges and other units count as none, as RFC 9110 allows. */
function parseRange(header: string | undefined, size: number): ByteRange | 'whole' | 'beyond' {
  const match = /^bytes=\s*([0-9]*)-([0-9]*)\s*$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'beyond' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return 'whole';
  return start >= size ? 'beyond' : { start, end };
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
}

/** Whether the client's copy, of which it wants the rest, is still the one that we have. */
function isSame(ifRange: unknown, etag: string, lastModified: string): boolean {
  return ifRange === undefined || ifRange === etag || ifRange === lastModified;
}

/** Says that a file is to be saved under its name. Header values hold ASCII alone; the full name goes in percent-encoded (RFC 6266). */
export function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Whatever a file holds, no browser runs it in our origin. */
function safeHeaders(artifact: Artifact, etag: string, lastModified: string): Record<string, string> {
  return {
    'Content-Disposition': disposition(artifact.name),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': 'sandbox',
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: etag,
    'Last-Modified': lastModified,
  };
}

/** Status and headers of the answer, with at most one range; sizes are in bytes. */
export function planAnswer(artifact: Artifact, request: IncomingHttpHeaders): AnswerPlan {
  const { size, contentType } = artifact;
  const etag = `"${artifact.etag}"`;
  const lastModified = artifact.modifiedAt.toUTCString();
  const headers = safeHeaders(artifact, etag, lastModified);
  if (matches(request['if-none-match'], etag)) return { status: 304, headers };
  const ifRange = request['if-range'];
  const range = isSame(ifRange, etag, lastModified) ? parseRange(request.range, size) : 'whole';
  if (range === 'beyond') {
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}`, 'Content-Length': '0' } };
  }
  const typed = { ...headers, 'Content-Type': contentType };
  if (range === 'whole') {
    const whole = size === 0 ? {} : { range: { start: 0, end: size - 1 } };
    return { status: 200, headers: { ...typed, 'Content-Length': String(size) }, ...whole };
  }
  const { start, end } = range;
  const length = String(end - start + 1);
  const partial = { 'Content-Range': `bytes ${start}-${end}/${size}`, 'Content-Length': length };
  return { status: 206, headers: { ...typed, ...partial }, range };
}
