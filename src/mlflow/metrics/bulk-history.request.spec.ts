import fc from 'fast-check';
import type { MetricPoint } from '../../candidates';
import { sample } from './bulk-history.request';

function points(count: number): MetricPoint[] {
  return Array.from({ length: count }, (_, step) => ({ name: 'm', value: step, step, trackedAt: 0 }));
}
const everything = { firstStep: -Infinity, lastStep: Infinity };

describe('sample', () => {
  it('keeps all when there are not too many, in the order of steps', () => {
    const reversed = points(5).reverse();
    expect(sample(reversed, { ...everything, pointsPerRun: 5 })).toEqual(points(5));
  });

  it('keeps the first and the last, and of one the last', () => {
    expect(sample(points(9), { ...everything, pointsPerRun: 3 }).map(({ step }) => step)).toEqual([0, 4, 8]);
    expect(sample(points(9), { ...everything, pointsPerRun: 1 }).map(({ step }) => step)).toEqual([8]);
  });

  it('looks only between the steps', () => {
    const found = sample(points(9), { firstStep: 2, lastStep: 4, pointsPerRun: 10 });
    expect(found.map(({ step }) => step)).toEqual([2, 3, 4]);
  });

  it('gives the asked number of distinct points whatever there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 400 }), (count, pointsPerRun) => {
        const found = sample(points(count), { ...everything, pointsPerRun });
        return new Set(found).size === Math.min(count, pointsPerRun) && found.at(-1)?.step === count - 1;
      }),
    );
  });
});
