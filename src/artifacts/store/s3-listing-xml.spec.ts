import { readListing } from './s3-listing-xml';

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
