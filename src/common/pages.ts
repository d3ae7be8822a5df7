import { invalid } from './errors';

/** One page of a list; no token on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextPageToken?: string;
}

/** Makes an opaque token of the place where the next page begins. Holds nothing secret. */
export function encodePageToken(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * Reads a token of {@link encodePageToken}; the caller checks the shape.
 * @throws AssayError `invalid` when it is none of ours
 */
export function decodePageToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown;
  } catch {
    throw invalid('page_token is not one that this server gave out; ask for the first page again', 'page_token');
  }
}
