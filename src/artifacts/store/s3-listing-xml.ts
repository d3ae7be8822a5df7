/** A thousand lines of a bucket at most. */
export interface Listing {
  readonly files: readonly { readonly key: string; readonly size: number; readonly modifiedAt: Date }[];
  /** Keys with the delimiter at their end. */
  readonly folders: readonly string[];
  /** The token of the next page; none on the last one. */
  readonly next?: string;
}

/** A page of multipart uploads that are under way. */
export interface UploadsListing {
  readonly uploads: readonly { readonly key: string; readonly upload: string; readonly startedAt: Date }[];
  /** Where the next page begins; none on the last one. */
  readonly next?: { readonly key: string; readonly upload: string };
}

/** A page of the parts of an upload. */
export interface PartsListing {
  readonly parts: readonly { readonly part: number; readonly etag: string; readonly size: number }[];
  readonly next?: number;
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

function checkRoot(xml: string, root: string): void {
  if (!new RegExp(`<${root}[\\s>]`).test(xml)) throw new Error('The store did not answer a listing');
}

/** How the listing's keys are read: some servers encode them. */
function keyReader(xml: string): (text: string | undefined) => string {
  const encoded = element(xml, 'EncodingType') === 'url';
  return (text) => {
    if (text === undefined) throw new Error('The store listed something without a key');
    return encoded ? decodeURIComponent(text.replaceAll('+', ' ')) : text;
  };
}

/** Reads the answer of ListMultipartUploads. @throws Error when it is something else */
export function readUploads(xml: string): UploadsListing {
  checkRoot(xml, 'ListMultipartUploadsResult');
  const key = keyReader(xml);
  const [markedKey, markedUpload] = [element(xml, 'NextKeyMarker'), element(xml, 'NextUploadIdMarker')];
  const more = element(xml, 'IsTruncated') === 'true' && markedKey !== undefined && markedUpload !== undefined;
  return {
    uploads: blocks(xml, 'Upload').map((block) => ({
      key: key(element(block, 'Key')),
      upload: element(block, 'UploadId') ?? '',
      startedAt: new Date(element(block, 'Initiated') ?? 0),
    })),
    ...(more ? { next: { key: key(markedKey), upload: markedUpload } } : {}),
  };
}

/** Reads the answer of ListParts. @throws Error when it is something else */
export function readParts(xml: string): PartsListing {
  checkRoot(xml, 'ListPartsResult');
  const marker = Number(element(xml, 'NextPartNumberMarker') ?? 0);
  return {
    parts: blocks(xml, 'Part').map((block) => ({
      part: Number(element(block, 'PartNumber')),
      etag: (element(block, 'ETag') ?? '').replaceAll('"', ''),
      size: Number(element(block, 'Size')),
    })),
    ...(element(xml, 'IsTruncated') === 'true' && marker > 0 ? { next: marker } : {}),
  };
}

/**
 * Reads the answer of ListObjectsV2, keys with all their blanks; those that the server encoded are decoded.
 * @throws Error when it is something else
 */
export function readListing(xml: string): Listing {
  checkRoot(xml, 'ListBucketResult');
  const key = keyReader(xml);
  const next = element(xml, 'IsTruncated') === 'true' ? element(xml, 'NextContinuationToken') : undefined;
  return {
    files: blocks(xml, 'Contents').map((block) => ({
      key: key(element(block, 'Key')),
      size: Number(element(block, 'Size')),
      modifiedAt: new Date(element(block, 'LastModified') ?? 0),
    })),
    folders: blocks(xml, 'CommonPrefixes').map((block) => key(element(block, 'Prefix'))),
    ...(next === undefined ? {} : { next }),
  };
}
