import type { View } from '../../common';
import type { Fields, WireEnum } from './fields';
import { invalidValue, missingValue } from './texts';

const views: WireEnum<View> = [
  ['ACTIVE_ONLY', 1, 'active'],
  ['DELETED_ONLY', 2, 'deleted'],
  ['ALL', 3, 'all'],
];

/** Which rows a search shows; live ones unless told. */
export function readView(fields: Fields, name: string): View {
  return fields.enum(name, views) ?? 'active';
}

/** How many rows a page may have. Without a usual number the client must say one. */
export interface PageLimits {
  readonly usual?: number;
  readonly most: number;
}

/** @throws AssayError `invalid` for zero, less, or more than `most` */
export function readMaxResults(fields: Fields, { usual, most }: PageLimits): number {
  const limit = fields.int('max_results') ?? usual;
  if (limit === undefined) throw missingValue('max_results');
  if (limit < 1) throw invalidValue('max_results', limit, 'It must be a positive integer');
  if (limit > most) throw invalidValue('max_results', limit, `It must be at most ${most}`);
  return limit;
}

/** An empty token asks for the first page. */
export function readPageToken(fields: Fields): { pageToken?: string } {
  const pageToken = fields.string('page_token');
  return pageToken === undefined || pageToken === '' ? {} : { pageToken };
}

/** An empty filter is none. */
export function readFilter(fields: Fields): { filter?: string } {
  const filter = fields.string('filter');
  return filter === undefined || filter.trim() === '' ? {} : { filter };
}

/** The last page has no token at all. */
export function toNextPage(nextPageToken: string | undefined): { next_page_token?: string } {
  return nextPageToken === undefined ? {} : { next_page_token: nextPageToken };
}
