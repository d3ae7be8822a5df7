import { readListing, readParts, readUploads } from './s3-listing-xml';

function answer(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>${inner}</ListBucketResult>`;
}

describe('the answer of ListObjectsV2', () => {
  it('gives keys as they are, entities and blanks included', () => {
    const xml = answer(
      '<Contents><Key>a/ b &#39;c&#x27; &lt;d&gt; &amp;amp; 100%+ </Key><LastModified>2026-01-02T03:04:05.678Z</LastModified><Size>12</Size></Contents><CommonPrefixes><Prefix>a/d e/</Prefix></CommonPrefixes>',
    );
    expect(readListing(xml)).toEqual({
      files: [{ key: "a/ b 'c' <d> &amp; 100%+ ", size: 12, modifiedAt: new Date('2026-01-02T03:04:05.678Z') }],
      folders: ['a/d e/'],
    });
  });

  it('decodes keys when the server says that it encoded them', () => {
    const xml = answer(
      '<EncodingType>url</EncodingType><Contents><Key>a%2Fb+c%2B100%25</Key><Size>0</Size></Contents>',
    );
    expect(readListing(xml).files).toMatchObject([{ key: 'a/b c+100%', size: 0 }]);
  });

  it('has a next page only when it was cut', () => {
    const token = '<NextContinuationToken>a&amp;b</NextContinuationToken>';
    expect(readListing(answer(`<IsTruncated>true</IsTruncated>${token}`)).next).toBe('a&b');
    expect(readListing(answer(`<IsTruncated>false</IsTruncated>${token}`)).next).toBeUndefined();
  });

  it('refuses what is no listing', () => {
    expect(() => readListing('<html></html>')).toThrow('did not answer a listing');
    expect(() => readListing(answer('<Contents><Size>1</Size></Contents>'))).toThrow('without a key');
  });
});

describe('the answer of ListMultipartUploads', () => {
  const upload =
    '<Upload><Key>a/b+c &amp; d</Key><UploadId>u&amp;1</UploadId><Initiated>2026-01-02T03:04:05.000Z</Initiated></Upload>';
  const xml = (inner: string): string => `<ListMultipartUploadsResult>${inner}</ListMultipartUploadsResult>`;

  it('gives keys, names and times', () => {
    expect(readUploads(xml(upload))).toEqual({
      uploads: [{ key: 'a/b+c & d', upload: 'u&1', startedAt: new Date('2026-01-02T03:04:05Z') }],
    });
  });

  it('says where the next page begins, decoded when the server says so', () => {
    const markers = '<NextKeyMarker>a%2Fb+c</NextKeyMarker><NextUploadIdMarker>u</NextUploadIdMarker>';
    const cut = `<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>${markers}`;
    expect(readUploads(xml(cut)).next).toEqual({ key: 'a/b c', upload: 'u' });
    expect(readUploads(xml(cut.replace('true', 'false'))).next).toBeUndefined();
  });

  it('refuses what is none', () => {
    expect(() => readUploads(answer(''))).toThrow('did not answer a listing');
  });
});

describe('the answer of ListParts', () => {
  const part = '<Part><PartNumber>7</PartNumber><ETag>&quot;abc&quot;</ETag><Size>12</Size></Part>';

  it('gives numbers, sizes and etags without quotes', () => {
    expect(readParts(`<ListPartsResult>${part}</ListPartsResult>`)).toEqual({
      parts: [{ part: 7, etag: 'abc', size: 12 }],
    });
  });

  it('has a next page only when it was cut', () => {
    const cut = (truncated: boolean): string =>
      `<ListPartsResult><IsTruncated>${truncated}</IsTruncated><NextPartNumberMarker>7</NextPartNumberMarker></ListPartsResult>`;
    expect([readParts(cut(true)).next, readParts(cut(false)).next]).toEqual([7, undefined]);
  });
});
