import { createHash } from 'node:crypto';
import { decodePageToken, encodePageToken, invalid } from '../../../common';
import type { LoggedModelSearch } from '../logged-model';

/** Where a page ended: the last model's value in each order column as text, or null where it has none. */
export type Place = readonly (string | null)[];

function fingerprint({ experiments, filter, orderBy, datasets }: LoggedModelSearch): string {
  const question = JSON.stringify([experiments, filter ?? '', orderBy, datasets ?? []]);
  return createHash('sha256').update(question).digest('base64url').slice(0, 16);
}

/** A token for the page after the place. */
export function writePlace(search: LoggedModelSearch, after: Place): string {
  return encodePageToken({ of: fingerprint(search), after });
}

/** Undefined for the first page. @throws AssayError `invalid` when the token is garbage or another search's */
export function readPlace(search: LoggedModelSearch, fits: readonly RegExp[]): Place | undefined {
  if (search.pageToken === undefined) return undefined;
  const token = decodePageToken(search.pageToken) as { of?: unknown; after?: unknown } | null;
  const after: readonly unknown[] = Array.isArray(token?.after) ? token.after : [];
  const whole =
    after.length === fits.length && after.every((text, index) => text === null || isLike(fits[index], text));
  if (token?.of === fingerprint(search) && whole) return after as Place;
  throw invalid('page_token belongs to another search; ask for the first page again', 'page_token');
}

function isLike(pattern: RegExp | undefined, text: unknown): boolean {
  return typeof text === 'string' && pattern?.test(text) === true;
}
