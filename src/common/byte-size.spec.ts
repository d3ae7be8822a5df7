import fc from 'fast-check';
import { formatByteSize, parseByteSize } from './byte-size';

describe('A number of bytes', () => {
  it.each([
    ['1000', 1_000],
    ['0', 0],
    ['50GB', 50e9],
    ['50 gb', 50e9],
    ['1.5 TiB', 1.5 * 1024 ** 4],
    ['10MiB', 10 * 1024 ** 2],
    [' 7 B ', 7],
  ])('is read from %j', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  it.each(['', 'GB', '-1', '1e9', '50 gigs', '1,5GB', '9007199254740993', '1.GB', '10 PiB PB'])(
    'is not read from %j',
    (text) => {
      expect(parseByteSize(text)).toBeUndefined();
    },
  );

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [1_234_567, '1.23 MB'],
    [50e9, '50 GB'],
    [2.5e15, '2.5 PB'],
  ])('%d is written for people as %s', (bytes, text) => {
    expect(formatByteSize(bytes)).toBe(text);
  });

  it('is written so that it can be read again, within half a percent', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9e15 }), (bytes) => {
        const read = parseByteSize(formatByteSize(bytes).replace(/ bytes?$/, '')) ?? Number.NaN;
        expect(Math.abs(read - bytes)).toBeLessThanOrEqual(bytes * 0.005);
      }),
    );
  });
});
