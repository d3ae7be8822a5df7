import { aWorld, type Point } from './world';

describe('the latest point of a metric', () => {
  const { tracking, logPoints, latest } = aWorld();

  /** Logs the points in this order and in the other one: what counts is what they say, not when they came. */
  async function latestOf(points: readonly Point[]): Promise<unknown[]> {
    const values = [];
    for (const order of [points, [...points].reverse()]) {
      const run = await tracking().createRun();
      await logPoints(run, order);
      values.push((await latest(run))['m']);
    }
    return values;
  }

  it('is the one of the highest step, whatever the time', async () => {
    const points = [
      { value: 1, step: 1, timestamp: 900 },
      { value: 2, step: 5, timestamp: 100 },
      { value: 3, step: -7, timestamp: 999 },
    ];
    expect(await latestOf(points)).toEqual([2, 2]);
  });

  it('is the latest one of that step', async () => {
    const points = [
      { value: 9, step: 5, timestamp: 100 },
      { value: 1, step: 5, timestamp: 101 },
    ];
    expect(await latestOf(points)).toEqual([1, 1]);
  });

  it('is the greatest value of that step and time', async () => {
    const points = [
      { value: 1, step: 5, timestamp: 100 },
      { value: 3, step: 5, timestamp: 100 },
      { value: 2, step: 5, timestamp: 100 },
    ];
    expect(await latestOf(points)).toEqual([3, 3]);
  });

  it('is the same for points of one batch', async () => {
    const run_id = await tracking().createRun();
    const metrics = [
      { key: 'm', value: 3, timestamp: 1, step: 2 },
      { key: 'm', value: 1, timestamp: 2, step: 2 },
      { key: 'm', value: 9, timestamp: 9, step: 1 },
    ];
    await tracking().post('runs/log-batch', { run_id, metrics });
    expect(await latest(run_id)).toEqual({ m: 1 });
  });

  it('may be NaN or an infinity, which are kept as they are (MLflow keeps infinities as ±1.8e308)', async () => {
    const run = await tracking().createRun();
    for (const [key, value] of Object.entries({ a: 'NaN', b: 'Infinity', c: '-Infinity' })) {
      await logPoints(run, [{ key, value }]);
    }
    expect(await latest(run)).toEqual({ a: 'NaN', b: 'Infinity', c: '-Infinity' });
  });
});

describe('the history of a metric', () => {
  const { tracking, logPoints, history, latest } = aWorld();

  it('has its points by time, then step, then value', async () => {
    const run = await tracking().createRun();
    const points = [
      { key: 'm', value: 5, timestamp: 1, step: 9 },
      { key: 'm', value: 1, timestamp: 2, step: 1 },
      { key: 'm', value: 2, timestamp: 2, step: 1 },
      { key: 'm', value: 0, timestamp: 2, step: 3 },
      { key: 'm', value: -4, timestamp: 7, step: -2 },
    ];
    await logPoints(
      run,
      [3, 0, 4, 2, 1].map((index) => points[index] as Point),
    );
    expect(await history(run)).toEqual(points);
  });

  it('has an equal point once, however often it is logged', async () => {
    const run = await tracking().createRun();
    const point = { key: 'm', value: 0.25, timestamp: 3, step: 1 };
    await logPoints(run, [point, point]);
    await tracking().post('runs/log-batch', { run_id: run, metrics: [point, point] });
    expect(await history(run)).toEqual([point]);
  });

  it('has both of two points that differ in their value alone', async () => {
    const run = await tracking().createRun();
    await logPoints(run, [{ value: 2 }, { value: 1 }]);
    expect((await history(run)).map(({ value }) => value)).toEqual([1, 2]);
  });

  it('is empty for a metric that was never logged', async () => {
    expect(await history(await tracking().createRun(), 'never')).toEqual([]);
  });

  it('stays when the run is deleted and comes back with it', async () => {
    const run_id = await tracking().createRun();
    await logPoints(run_id, [{ value: 2 }]);
    await tracking().post('runs/delete', { run_id });
    expect(await history(run_id)).toHaveLength(1);
    await tracking().post('runs/restore', { run_id });
    expect(await latest(run_id)).toEqual({ m: 2 });
  });
});
