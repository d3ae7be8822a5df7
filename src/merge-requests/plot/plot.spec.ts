import fc from 'fast-check';
import { curvesPlot } from './curves-plot';
import { standaloneSvg } from './standalone';
import { rangeOf, ticks } from './ticks';

describe('axes', () => {
  it('show round numbers within their range', () => {
    expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(0.893, 0.917)).toEqual([0.895, 0.9, 0.905, 0.91, 0.915]);
    expect(ticks(3, 3)).toEqual([3]);
  });

  it('are few and finite for every range', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 8 }), (values) => {
        const { low, high } = rangeOf(values);
        const shown = ticks(low, high);
        expect(low).toBeLessThan(high);
        expect(shown.length).toBeLessThanOrEqual(15);
        expect(shown.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('curves', () => {
  it('are drawn with a text alternative, and not at all from single points', () => {
    const points = [
      { step: 0, value: 1 },
      { step: 1, value: NaN },
      { step: 2, value: 3 },
    ];
    const svg = curvesPlot('loss', [{ name: 'a', points }])?.markup ?? '';
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<desc id="plot-curves-text">Curves of a.</desc>');
    expect(svg).toMatch(/<polyline points="[\d.]+,[\d.]+ [\d.]+,[\d.]+"/);
    expect(curvesPlot('loss', [{ name: 'a', points: points.slice(0, 2) }])).toBeUndefined();
  });

  it('keep every name inside its text', () => {
    const points = [
      { step: 0, value: 1 },
      { step: 1, value: 2 },
    ];
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const svg =
          curvesPlot(name, [
            { name, points },
            { name: 'b', points },
          ])?.markup ?? '';
        expect(svg.match(/<[a-z/]/g)?.length).toBe(
          curvesPlot('m', [
            { name: 'a', points },
            { name: 'b', points },
          ])?.markup.match(/<[a-z/]/g)?.length,
        );
      }),
    );
  });

  it('stay numbers at the ends of the number range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ step: fc.maxSafeInteger(), value: fc.double() }), { maxLength: 6 }),
        (points) => {
          expect(curvesPlot('m', [{ name: 'a', points }])?.markup ?? '').not.toMatch(/NaN|Infinity/);
        },
      ),
    );
  });
});

describe('a plot as a file', () => {
  it('says so when there is nothing to draw', () => {
    expect(standaloneSvg(undefined)).toContain('Nothing to plot yet');
  });
});
