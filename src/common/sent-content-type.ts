import type { IncomingHttpHeaders } from 'node:http';

/** The content type that a host's body parsers do not know, so that they leave the body unread. */
export const unreadContentType = 'application/x-assay-raw';
/** Where the client's own content type stands meanwhile. */
export const sentContentTypeHeader = 'x-assay-content-type';

/** The content type as the client sent it, whether or not the host moved it; undefined when it sent none. */
export function sentContentType(headers: IncomingHttpHeaders): string | undefined {
  const type = headers['content-type'];
  if (type !== unreadContentType) return type;
  const sent = headers[sentContentTypeHeader];
  return typeof sent === 'string' && sent !== '' ? sent : undefined;
}
