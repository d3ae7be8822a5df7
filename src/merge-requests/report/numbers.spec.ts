import { formatAge, formatChange, formatDuration, formatTime, formatValue } from './numbers';

describe('numbers for people', () => {
  it.each([
    [0.914, '0.914'],
    [1 / 3, '0.333333'],
    [-2, '−2'],
    [1234567, '1234570'],
    [1e-12, '1e-12'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('shows the value %p as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  it.each([
    [0.914, 0.902, '+0.012 (+1.3 %)'],
    [39.8, 41.2, '−1.4 (−3.4 %)'],
    [1, 1, '±0'],
    [0.1 + 0.2, 0.3, '±0'],
    [1, 0, '+1'],
    [-1, -2, '+1 (+50 %)'],
    [NaN, 1, '–'],
    [Infinity, Infinity, '–'],
  ])('shows the change to %p from %p as %s', (value, baseline, text) => {
    expect(formatChange(value, baseline)).toBe(text);
  });

  it('shows times, ages and durations', () => {
    expect(formatDuration(840)).toBe('840 ms');
    expect(formatDuration(724_000)).toBe('12 m 04 s');
    expect(formatDuration(12_000_000)).toBe('3 h 20 m');
    expect(formatAge(10)).toBe('just now');
    expect(formatAge(61 * 60_000)).toBe('1 hour ago');
    expect(formatAge(3 * 86_400_000)).toBe('3 days ago');
    expect(formatTime(new Date('2026-11-23T08:40:59Z'))).toBe('2026-11-23 08:40 UTC');
  });
});
