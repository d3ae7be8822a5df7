import fc from 'fast-check';
import { DataSource } from 'typeorm';
import type { CandidateEid, ProjectId } from '../../src/common';
import type { CandidateDetails, CandidateWrite, MetricPoint } from '../../src/candidates';
import { Database, dataSourceOptions } from '../../src/database';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { newProject, openHouse, plain, writing, type House } from './house';

const value = fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, 1, 2.5, -3);
const point = fc.record<MetricPoint>({
  name: fc.constantFrom('a', 'b', 'c'),
  value,
  step: fc.integer({ min: -1, max: 2 }),
  trackedAt: fc.integer({ min: 0, max: 1 }),
});
const param = fc.record({ name: fc.constantFrom('p', 'q', 'r'), value: fc.constantFrom('1', '2') });
const tag = fc.record({ name: fc.constantFrom('t', 'u'), value: fc.constantFrom('1', '2', '3') });
/** One submitter's writes, each to one of three candidates; params come alone, so that most writes are good. */
const submitter = fc.array(
  fc.record({
    candidate: fc.integer({ min: 0, max: 2 }),
    points: fc.array(point, { maxLength: 6 }),
    params: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(param, { maxLength: 2 }) },
    ),
    tags: fc.array(tag, { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** What a candidate must hold, given the writes that were acknowledged. */
class Model {
  readonly points = new Map<string, MetricPoint>();
  readonly params = new Map<string, string>();

  take({ points, params }: CandidateWrite): void {
    for (const point of points)
      this.points.set(JSON.stringify([point.name, point.step, point.trackedAt, String(point.value)]), point);
    for (const { name, value } of params) {
      const before = this.params.get(name) ?? value;
      if (before !== value) throw new Error(`${name} was acknowledged with two values`);
      this.params.set(name, value);
    }
  }
}

function compareValues(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : a < b ? -1 : 1;
}

function compare(a: MetricPoint, b: MetricPoint): number {
  return a.step - b.step || a.trackedAt - b.trackedAt || compareValues(a.value, b.value);
}

function summaryOf(points: readonly MetricPoint[]): Record<string, unknown> {
  const sorted = [...points].sort(compare);
  const numbers = points.map((point) => point.value).filter((number) => !Number.isNaN(number));
  return {
    latest: sorted.at(-1)?.value,
    first: sorted[0]?.value,
    min: numbers.length === 0 ? null : Math.min(...numbers),
    max: numbers.length === 0 ? null : Math.max(...numbers),
    points: points.length,
  };
}

describe('writes of several submitters at once', () => {
  let db: TestDatabase;
  let second: DataSource;
  let houses: House[];
  let project: ProjectId;

  beforeAll(async () => {
    db = await createTestDatabase();
    second = await new DataSource(dataSourceOptions({ url: db.url })).initialize();
    houses = [openHouse(db.database), openHouse(new Database(second))];
    project = await newProject(db.database);
  });
  afterAll(async () => {
    await second.destroy();
    await db.drop();
  });

  function house(index: number): House {
    const found = houses[index % houses.length];
    if (found === undefined) throw new Error('there are two houses');
    return found;
  }

  async function candidates(): Promise<CandidateEid[]> {
    const created = await Promise.all([0, 1, 2].map(() => house(0).candidates.create(project, plain())));
    return created.map(({ candidate }) => candidate.eid);
  }

  async function summaries(details: CandidateDetails): Promise<Map<string, unknown>> {
    const text = `SELECT n.name, m.latest, m.first, m.min, m.max, m.points FROM assay.candidate_metrics m
      JOIN assay.metric_names n USING (project_id, metric_id) WHERE project_id = $1 AND m.candidate_iid = $2`;
    const rows = await db.database.query<{ name: string }>({ text }, [project, details.candidate.iid]);
    return new Map(rows.map(({ name, ...summary }) => [name, summary]));
  }

  async function check(eid: CandidateEid, model: Model): Promise<void> {
    const details = await house(1).candidates.get(project, eid);
    expect(new Map(details.data.params.map(({ name, value }) => [name, value]))).toEqual(model.params);
    const found = await summaries(details);
    for (const name of ['a', 'b', 'c']) {
      const points = [...model.points.values()].filter((point) => point.name === name);
      const { items } = await house(0).candidates.metricHistory(project, eid, name, {});
      expect([...items].sort(compare)).toEqual([...points].sort(compare));
      expect(found.get(name)).toEqual(points.length === 0 ? undefined : summaryOf(points));
    }
  }

  it('end as if they had come one after the other, from two server processes as from one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(submitter, { minLength: 1, maxLength: 8 }), async (submitters) => {
        const eids = await candidates();
        const models = eids.map(() => new Model());
        /** The last acknowledged value of each submitter: any of them may have come last. */
        const lastTags = new Map<string, Map<number, string>>();
        await Promise.all(
          submitters.map(async (writes, who) => {
            for (const { candidate, ...content } of writes) {
              const [eid, model] = [eids[candidate], models[candidate]];
              if (eid === undefined || model === undefined) throw new Error('there are three candidates');
              const write = writing(eid, content);
              const done = await house(who)
                .candidates.write(project, write)
                .then(
                  () => true,
                  (error: unknown) => {
                    expect(error).toMatchObject({ kind: 'invalid', field: 'params' });
                    return false;
                  },
                );
              if (!done) continue;
              model.take(write);
              for (const { name, value } of write.tags) {
                const key = JSON.stringify([eid, name]);
                lastTags.set(key, new Map([...(lastTags.get(key) ?? []), [who, value]]));
              }
            }
          }),
        );
        for (const [index, eid] of eids.entries()) await check(eid, models[index] ?? new Model());
        for (const eid of eids) {
          const { data } = await house(0).candidates.get(project, eid);
          for (const { name, value } of data.tags) {
            expect([...(lastTags.get(JSON.stringify([eid, name])) ?? new Map()).values()]).toContain(value);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never leave a changed param, whoever comes first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [eid] = await candidates();
      if (eid === undefined) throw new Error('three were created');
      const results = await Promise.allSettled(
        Array.from({ length: 12 }, (_unused, who) =>
          house(who).candidates.write(project, writing(eid, { params: [{ name: 'p', value: String(who % 3) }] })),
        ),
      );
      const { data } = await house(0).candidates.get(project, eid);
      const accepted = results.flatMap(({ status }, who) => (status === 'fulfilled' ? [String(who % 3)] : []));
      expect(new Set(accepted)).toEqual(new Set(data.params.map(({ value }) => value)));
      expect(accepted).toHaveLength(4);
    }
  });

  it('do not deadlock two server processes that write the same candidates in every order', async () => {
    const eids = await candidates();
    const shuffled = (turn: number): CandidateEid[] => (turn % 2 === 0 ? eids : [...eids].reverse());
    const results = await Promise.allSettled(
      Array.from({ length: 300 }, (_unused, turn) =>
        shuffled(turn).map((eid, place) =>
          house(turn).candidates.write(
            project,
            writing(eid, {
              points: Array.from({ length: 10 }, (_point, index) => ({
                name: `m${(index * 7 + turn) % 10}`,
                value: turn % 5,
                step: (place + turn) % 7,
                trackedAt: 0,
              })),
              tags: [`t${turn % 3}`, `t${(turn + 1) % 3}`].map((name) => ({ name, value: String(turn) })),
              ...(turn % 4 === 0 ? { params: [{ name: 'same', value: '1' }], name: `n${turn}` } : {}),
            }),
          ),
        ),
      ).flat(),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});
