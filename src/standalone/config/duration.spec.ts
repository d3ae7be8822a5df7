import { parseDuration } from './duration';

describe('A length of time', () => {
  it.each([
    ['30d', 2_592_000_000],
    ['12h', 43_200_000],
    ['90m', 5_400_000],
    ['5s', 5_000],
    ['0d', 0],
  ])('is read from %j', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '30', 'd', '-1d', '1.5d', '30 days', '1d2h', '9999999d'])('is not read from %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
