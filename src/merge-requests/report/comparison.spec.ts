import { compareMetrics, differingParams } from './comparison';

function metric(name: string, value: number) {
  return { name, value, step: 0, trackedAt: 0 };
}

describe('a candidate beside its baseline', () => {
  it('shows the primary metric first, judged, and the others by name, unjudged', () => {
    const comparisons = compareMetrics([metric('a', 1), metric('loss', 0.2)], [metric('loss', 0.3), metric('b', 2)], {
      name: 'loss',
      direction: 'minimize',
    });
    expect(comparisons).toEqual([
      { name: 'loss', value: 0.2, baseline: 0.3, verdict: 'better' },
      { name: 'a', value: 1 },
      { name: 'b', baseline: 2 },
    ]);
  });

  it('lists the params that were changed, added or left out', () => {
    expect(
      differingParams(
        [
          { name: 'lr', value: '0.1' },
          { name: 'same', value: '1' },
          { name: 'new', value: 'x' },
        ],
        [
          { name: 'lr', value: '0.2' },
          { name: 'same', value: '1' },
          { name: 'gone', value: 'y' },
        ],
      ),
    ).toEqual([
      { name: 'gone', baseline: 'y' },
      { name: 'lr', value: '0.1', baseline: '0.2' },
      { name: 'new', value: 'x' },
    ]);
  });
});
