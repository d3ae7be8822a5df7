import { Client } from 'pg';
import type { CandidateEid, ProjectId } from '../../src/common';
import { createTestDatabase, serverUrl, type TestDatabase } from '../support/postgres';
import { newProject, openHouse, plain, writing, type House } from './house';

describe('when PostgreSQL cuts connections amid writes', () => {
  let db: TestDatabase;
  let house: House;
  let project: ProjectId;
  let eid: CandidateEid;

  beforeAll(async () => {
    db = await createTestDatabase();
    house = openHouse(db.database);
    project = await newProject(db.database);
    eid = (await house.candidates.create(project, plain())).candidate.eid;
  });
  afterAll(() => db.drop());

  async function cutEverySoOften(times: number): Promise<void> {
    const client = new Client({ connectionString: serverUrl() });
    await client.connect();
    try {
      for (let turn = 0; turn < times; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        const database = new URL(db.url).pathname.slice(1);
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database]);
      }
    } finally {
      await client.end();
    }
  }

  it('each write is either acknowledged and there, or answers unavailable; nothing else, and none by half', async () => {
    const acknowledged: number[] = [];
    let unavailable = 0;
    let cutting = true;
    let next = 0;
    const submit = async (): Promise<void> => {
      while (cutting) {
        const step = next;
        next += 1;
        const points = ['a', 'b'].map((name) => ({ name, value: step / 2, step, trackedAt: 0 }));
        const tags = [{ name: `t${step % 5}`, value: String(step) }];
        try {
          await house.candidates.write(project, writing(eid, { points, tags: step % 3 === 0 ? tags : [] }));
          acknowledged.push(step);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5 });
          unavailable += 1;
        }
      }
    };
    const submitters = Promise.all(Array.from({ length: 16 }, submit));
    await cutEverySoOften(25);
    cutting = false;
    await submitters;
    expect(unavailable).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(0);
    const [a, b] = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const { items } = await house.candidates.metricHistory(project, eid, name, {});
        return new Set(items.map(({ step }) => step));
      }),
    );
    expect(b).toEqual(a);
    expect(acknowledged.filter((step) => a?.has(step) !== true)).toEqual([]);
  });

  it('creating goes on afterwards, and no number is given twice', async () => {
    const cutting = cutEverySoOften(10);
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, () => house.candidates.create(project, plain())),
    );
    await cutting;
    const iids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.candidate.iid] : []));
    expect(new Set(iids).size).toBe(iids.length);
    const fresh = await house.candidates.create(project, plain());
    expect(iids).not.toContain(fresh.candidate.iid);
    await expect(house.candidates.byIids(project, iids)).resolves.toHaveLength(iids.length);
  });
});
