import { text } from 'node:stream/consumers';
import type { Client } from 'minio';
import { readListing, type Listing } from './s3-listing-xml';

/** As signatures want it: stricter than `encodeURIComponent`. */
export function escaped(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What is asked of a bucket. */
export interface ListingQuery {
  readonly bucket: string;
  readonly prefix: string;
  /** `/` for one level, empty for all that is below. */
  readonly delimiter: '/' | '';
  /** Lines a page; 1,000 at most. */
  readonly limit?: number;
}

/**
 * One page of ListObjectsV2. The library's own reader decodes keys that were never encoded, so the answer is read here.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function listPage(client: Client, query: ListingQuery, token?: string): Promise<Listing> {
  const parameters = [
    ...(token === undefined ? [] : [`continuation-token=${escaped(token)}`]),
    `delimiter=${escaped(query.delimiter)}`,
    'list-type=2',
    `max-keys=${query.limit ?? 1000}`,
    `prefix=${escaped(query.prefix)}`,
  ];
  const answer = await client.makeRequestAsync({
    method: 'GET',
    bucketName: query.bucket,
    query: parameters.join('&'),
  });
  return readListing(await text(answer));
}

/** All pages, one after the other. */
export async function* listPages(client: Client, query: ListingQuery): AsyncGenerator<Listing> {
  let page = await listPage(client, query);
  yield page;
  while (page.next !== undefined) {
    page = await listPage(client, query, page.next);
    yield page;
  }
}
