/** A thousand lines of a bucket at most. */
export interface Listing {
  readonly files: readonly { readonly key: string; readonly size: number }[];
  /** Keys with the delimiter at their end. */
  readonly folders: readonly string[];
  /** The token of the next page; none on the last one. */
  readonly next?: string;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(xml: string): string {
  return xml.replace(
    /&(?:#x([0-9a-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? all;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16));
    },
  );
}

function element(xml: string, name: string): string | undefined {
  const match = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return match === null ? undefined : unescaped(match[1] ?? '');
}

function blocks(xml: string, name: string): string[] {
  return Array.from(xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs')), (match) => match[1] ?? '');
}

/**
 * Reads the answer of ListObjectsV2, keys with all their blanks; those that the server encoded are decoded.
 * @throws Error when it is something else
 */
export function readListing(xml: string): Listing {
  if (!/<ListBucketResult[\s>]/.test(xml)) throw new Error('The store did not answer a listing');
  const encoded = element(xml, 'EncodingType') === 'url';
  const key = (text: string | undefined): string => {
    if (text === undefined) throw new Error('The store listed something without a key');
    return encoded ? decodeURIComponent(text.replaceAll('+', ' ')) : text;
  };
  const next = element(xml, 'IsTruncated') === 'true' ? element(xml, 'NextContinuationToken') : undefined;
  return {
    files: blocks(xml, 'Contents').map((block) => ({
      key: key(element(block, 'Key')),
      size: Number(element(block, 'Size')),
    })),
    folders: blocks(xml, 'CommonPrefixes').map((block) => key(element(block, 'Prefix'))),
    ...(next === undefined ? {} : { next }),
  };
}
