import { matchParts } from './sent-parts';

const stored = [1, 2, 3].map((part) => ({ part, etag: `e${part}`, size: part }));

describe('the parts of an upload', () => {
  it('come sorted and with their sizes, whatever quotes the client keeps', () => {
    const sent = [
      { part: 3, etag: '"e3"' },
      { part: 1, etag: 'e1' },
    ];
    expect(matchParts(sent, stored)).toEqual([stored[0], stored[2]]);
  });

  it.each([
    [[], /there are none/],
    [[{ part: 1, etag: 'e2' }], /Part 1 has not arrived/],
    [[{ part: 4, etag: 'e4' }], /Part 4 has not arrived/],
    [
      [
        { part: 2, etag: 'e2' },
        { part: 2, etag: 'e2' },
      ],
      /Part 2 has not arrived/,
    ],
  ])('%j are refused', (sent, message) => {
    expect(() => matchParts(sent, stored)).toThrow(message);
  });
});
