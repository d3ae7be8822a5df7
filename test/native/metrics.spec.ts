import { startNativeWorld, type Answer, type NativeWorld } from './world';

interface Point {
  step: number;
  tracked_at: number;
  value: number | string;
}

describe('metrics on the native API', () => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld();
    for (const name of ['long', 'short', 'none', 'still']) {
      await world.call('POST', 'candidates', { body: { experiment: 0, name } });
    }
    const long = Array.from({ length: 1_000 }, (_, at) => ({
      name: 'a/b',
      value: at % 7,
      step: at * 3,
      tracked_at: at,
    }));
    await log(1, long);
    await log(2, [
      { name: 'a/b', value: 'NaN', step: 5, tracked_at: 3 },
      { name: 'a/b', value: -1, step: 5, tracked_at: 2 },
      { name: 'a/b', value: 'Infinity', step: -4, tracked_at: 9 },
      { name: 'only nan', value: 'NaN', tracked_at: 1 },
    ]);
    const still = Array.from({ length: 500 }, (_, at) => ({ name: 'a/b', value: at, step: 7, tracked_at: 1_000 + at }));
    await log(4, still);
  });
  afterAll(async () => {
    await world.close();
  });

  async function log(iid: number, metrics: object[]): Promise<void> {
    expect((await world.call('POST', `candidates/${iid}/log`, { body: { metrics } })).status).toBe(204);
  }
  const curves = (candidates: number[], more: Record<string, string> = {}): Promise<Answer> =>
    world.get('metrics/history', { name: 'a/b', candidate: candidates.map(String), ...more });
  async function series(
    candidates: number[],
    most: number,
  ): Promise<{ iid: number; total: number; points: Point[] }[]> {
    const { body } = await curves(candidates, { max_points: String(most) });
    return body['series'] as { iid: number; total: number; points: Point[] }[];
  }

  it('are summed up, by name, in pages', async () => {
    const summary = {
      name: 'a/b',
      points: 3,
      latest: { step: 5, tracked_at: 3, value: 'NaN' },
      first: { step: -4, tracked_at: 9, value: 'Infinity' },
      min: -1,
      max: 'Infinity',
    };
    const { body } = await world.get('candidates/2/metrics', { max_results: '1' });
    expect(body).toEqual({ metrics: [summary], next_page_token: expect.any(String) as string });
    const next = await world.get('candidates/2/metrics', { page_token: String(body['next_page_token']) });
    const nan = { step: 0, tracked_at: 1, value: 'NaN' };
    expect(next.body).toEqual({ metrics: [{ name: 'only nan', points: 1, latest: nan, first: nan }] });
    expect((await world.get('candidates/3/metrics')).body).toEqual({ metrics: [] });
  });

  it('have their points by step, then time, then value', async () => {
    const { body } = await world.get('candidates/2/metrics/history', { name: 'a/b' });
    expect(body).toEqual({
      name: 'a/b',
      points: [
        { step: -4, tracked_at: 9, value: 'Infinity' },
        { step: 5, tracked_at: 2, value: -1 },
        { step: 5, tracked_at: 3, value: 'NaN' },
      ],
    });
  });

  it('have their points in pages that neither skip nor repeat any', async () => {
    const found: Point[] = [];
    let token: string | undefined;
    do {
      const query = { name: 'a/b', max_results: '300', ...(token === undefined ? {} : { page_token: token }) };
      const { body } = await world.get('candidates/1/metrics/history', query);
      found.push(...(body['points'] as Point[]));
      token = body['next_page_token'] as string | undefined;
    } while (token !== undefined);
    expect(found.map(({ step }) => step)).toEqual(Array.from({ length: 1_000 }, (_, at) => at * 3));
    for (const limit of ['1', '2']) {
      const { body } = await world.get('candidates/2/metrics/history', { name: 'a/b', max_results: limit });
      const rest = { name: 'a/b', page_token: String(body['next_page_token']) };
      const next = await world.get('candidates/2/metrics/history', rest);
      expect((next.body['points'] as Point[]).length).toBe(3 - Number(limit));
    }
  });

  it('have no points where there are none', async () => {
    const nothing = await world.get('candidates/3/metrics/history', { name: 'a/b' });
    expect(nothing.body).toEqual({ name: 'a/b', points: [] });
    expect((await world.get('candidates/1/metrics/history', { name: 'x' })).body).toEqual({ name: 'x', points: [] });
  });

  it('are drawn in full while there are few points, and thinned evenly when there are many', async () => {
    const [long, short, none] = await series([1, 2, 3], 11);
    expect(long).toMatchObject({ iid: 1, total: 1_000 });
    expect(long?.points.map(({ step }) => step)).toEqual([0, 300, 600, 900, 1200, 1500, 1800, 2097, 2397, 2697, 2997]);
    expect(short).toMatchObject({ iid: 2, total: 3, points: [{ step: -4 }, { step: 5 }, { step: 5 }] });
    expect(none).toMatchObject({ iid: 3, total: 0, points: [] });
  });

  it.each([2, 3, 100, 499, 999, 1_000])('give at most %i points, the first and the last among them', async (most) => {
    for (const { points, total } of await series([1, 4], most)) {
      expect(points.length).toBeLessThanOrEqual(most);
      expect(points.length).toBeGreaterThan(Math.min(most, total) * 0.6);
      expect(points[0]?.tracked_at).toBe(total === 500 ? 1_000 : 0);
      expect(points.at(-1)?.tracked_at).toBe(total === 500 ? 1_499 : 999);
    }
  });

  it('are drawn over time when all points are at one step', async () => {
    const [still] = await series([4], 6);
    expect(still?.points.map((point) => point.tracked_at)).toEqual([1000, 1099, 1199, 1299, 1399, 1499]);
  });

  it('come in the order asked for, each candidate once', async () => {
    expect((await series([4, 1, 4], 2)).map(({ iid }) => iid)).toEqual([4, 1]);
    expect((await world.get('metrics/history', { name: 'never', candidate: '1' })).body).toMatchObject({
      series: [{ iid: 1, total: 0, points: [] }],
    });
  });

  it.each([
    ['candidates/9/metrics', {}, 404, undefined],
    ['candidates/1/metrics', { page_token: 'x' }, 400, 'page_token'],
    ['candidates/1/metrics', { max_results: '1001' }, 400, 'max_results'],
    ['candidates/9/metrics/history', { name: 'a/b' }, 404, undefined],
    ['candidates/1/metrics/history', {}, 400, 'name'],
    ['candidates/1/metrics/history', { name: '\0' }, 400, 'name'],
    ['candidates/1/metrics/history', { name: 'a/b', page_token: 'WzEsMiwiYSJd' }, 400, 'page_token'],
    ['metrics/history', { name: 'a/b' }, 400, 'candidate'],
    ['metrics/history', { name: 'a/b', candidate: '9' }, 404, 'candidate'],
    ['metrics/history', { name: 'a/b', candidate: 'x' }, 400, 'candidate'],
    ['metrics/history', { candidate: '1' }, 400, 'name'],
    ['metrics/history', { name: 'a/b', candidate: '1', max_points: '1' }, 400, 'max_points'],
    ['metrics/history', { name: 'a/b', candidate: Array.from({ length: 101 }, (_, at) => `${at}`) }, 400, 'candidate'],
  ])('refuse %s with %j: %i', async (path, query, status, field) => {
    const answer = await world.get(path, query);
    expect([answer.status, answer.body['field']]).toEqual([status, field]);
  });
});
