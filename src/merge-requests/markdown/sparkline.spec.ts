import fc from 'fast-check';
import { sparkline } from './sparkline';

describe('sparkline', () => {
  it('draws a rise, a fall and a flat line', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([1, 0])).toBe('█▁');
    expect(sparkline([2, 2, 2])).toBe('▄▄▄');
  });

  it('leaves NaN and the infinities out, and draws nothing from one value', () => {
    expect(sparkline([NaN, 1, Infinity, 2])).toBe('▁█');
    expect(sparkline([1, NaN])).toBe('');
  });

  it('is as wide as asked at most, for every curve', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.integer({ min: 2, max: 30 }), (values, width) => {
        expect(sparkline(values, width)).toMatch(new RegExp(`^[▁▂▃▄▅▆▇█]{0,${String(width)}}$`));
      }),
    );
  });
});
