import type { Client } from 'minio';

/** A thousand lines of a bucket at most. */
export interface ListingPage {
  readonly files: readonly { readonly key: string; readonly size: number }[];
  /** Keys with the delimiter at their end. */
  readonly folders: readonly string[];
}

/** All objects whose keys begin with the prefix; with a delimiter one level of them. Markers of empty folders are left out. */
export async function* listPages(
  client: Client,
  bucket: string,
  prefix: string,
  delimiter: '/' | '',
): AsyncGenerator<ListingPage> {
  let token = '';
  do {
    const page = await client.listObjectsV2Query(bucket, prefix, token, delimiter, 1000, '');
    const files = page.objects.flatMap(({ name, size }) =>
      name === undefined || (delimiter === '/' && name.endsWith('/')) ? [] : [{ key: name, size }],
    );
    const folders = page.objects.flatMap(({ prefix: folder }) => (folder === undefined ? [] : [folder]));
    yield { files, folders };
    token = page.isTruncated ? page.nextContinuationToken : '';
  } while (token !== '');
}
