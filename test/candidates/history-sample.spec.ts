import fc from 'fast-check';
import type { CandidatesService, HistorySample, MetricPoint } from '../../src/candidates';
import type { CandidateEid, ProjectId } from '../../src/common';
import type { Database } from '../../src/database';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { newProject, openHouse, plain, writing } from './house';

let disposable: TestDatabase;
let database: Database;
let candidates: CandidatesService;
let project: ProjectId;
let eid: CandidateEid;

beforeAll(async () => {
  disposable = await createTestDatabase();
  ({ database } = disposable);
  ({ candidates } = openHouse(database));
  project = await newProject(database);
  ({ eid } = (await candidates.create(project, plain())).candidate);
});

afterAll(async () => {
  await disposable.drop();
});

let metrics = 0;

/** A metric whose history has `count` points; `step` says the step of the n-th in SQL. */
async function history(count: number, step: string): Promise<string> {
  metrics += 1;
  const name = `m${String(metrics)}`;
  await candidates.write(project, writing(eid, { points: [{ name, value: 0, step: 0, trackedAt: 0 }] }));
  const text = 'SELECT metric_id AS id FROM assay.metric_names WHERE project_id = $1 AND name = $2';
  const [row] = await database.query<{ id: number }>({ text }, [project, name]);
  await database.query({ text: 'DELETE FROM assay.metric_points WHERE metric_id = $1 AND project_id = $2' }, [
    row?.id,
    project,
  ]);
  await database.query(
    {
      text: `INSERT INTO assay.metric_points SELECT $1, c.iid, $3, ${step}, 1000 + n, n FROM assay.candidates c, generate_series(0, $4::int - 1) n
              WHERE c.project_id = $1 AND c.eid = $2`,
    },
    [project, eid, row?.id, count],
  );
  return name;
}

const valuesOf = async (name: string, sample: HistorySample): Promise<number[]> =>
  (await candidates.sampleMetric(project, eid, name, sample)).map(({ value }) => value);

/** Which of so many points, evenly spread: what the server of MLflow's users expect of a chart. */
function spread(count: number, points: number): number[] {
  if (count <= points) return Array.from({ length: count }, (_, index) => index);
  if (points === 1) return [count - 1];
  return Array.from({ length: points }, (_, index) => Math.floor((index * (count - 1)) / (points - 1) + 0.5));
}

describe('a sample of a metric', () => {
  it('is spread evenly over its points, the first and the last among them', async () => {
    const name = await history(400, 'n * n');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 450 }), async (count, points) => {
        const found = await valuesOf(name, { firstStep: 0, lastStep: (count - 1) ** 2, points });
        expect(found).toEqual(spread(count, points));
      }),
      { numRuns: 60 },
    );
  });

  it('comes by step, then time, then value, with every field as it was logged', async () => {
    const points: MetricPoint[] = [
      { name: 'odd', value: Number.NaN, step: -3, trackedAt: 7 },
      { name: 'odd', value: -Infinity, step: 0, trackedAt: 5 },
      { name: 'odd', value: 0.1, step: 0, trackedAt: 5 },
      { name: 'odd', value: 1e-300, step: 0, trackedAt: 9_007_199_254_740_991 },
      { name: 'odd', value: 2, step: 9_007_199_254_740_991, trackedAt: 0 },
    ];
    await candidates.write(project, writing(eid, { points: [...points].reverse() }));
    expect(await candidates.sampleMetric(project, eid, 'odd', { points: 10 })).toEqual(points);
  });

  it('of a long history is spread over its steps', async () => {
    const name = await history(20_000, 'n * 3');
    const found = await valuesOf(name, { points: 200 });
    expect([found.length, found[0], found.at(-1)]).toEqual([200, 0, 19_999]);
    const gaps = found.slice(1).map((value, index) => value - (found[index] ?? 0));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    const inside = await valuesOf(name, { firstStep: 9_000, lastStep: 36_000, points: 3 });
    expect(inside).toEqual([3_000, 7_500, 12_000]);
    expect(await valuesOf(name, { points: 1 })).toEqual([19_999]);
  });

  it('of a long history is spread over its points when they stand on few steps', async () => {
    const far = await history(6_000, 'CASE WHEN n = 5999 THEN 9007199254740991 ELSE n END');
    expect(await valuesOf(far, { points: 100 })).toEqual(spread(6_000, 100));
    const one = await history(6_000, '0');
    expect(await valuesOf(one, { points: 7 })).toEqual(spread(6_000, 7));
  });

  it('of an unknown metric is empty', async () => {
    expect(await candidates.sampleMetric(project, eid, 'none', { points: 5 })).toEqual([]);
  });
});
