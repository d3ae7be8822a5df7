import { newEid, type CandidateEid, type ProjectId } from '../../src/common';
import type { MetricPoint } from '../../src/candidates';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { newProject, openHouse, plain, writing, type House } from './house';

describe('writing to a candidate', () => {
  let db: TestDatabase;
  let house: House;
  let project: ProjectId;
  let eid: CandidateEid;

  beforeAll(async () => {
    db = await createTestDatabase();
    house = openHouse(db.database);
    project = await newProject(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    eid = (await house.candidates.create(project, plain())).candidate.eid;
  });

  function point(value: number, step = 0, trackedAt = 1_000, name = 'loss'): MetricPoint {
    return { name, value, step, trackedAt };
  }

  async function latest(name = 'loss'): Promise<MetricPoint | undefined> {
    const { data } = await house.candidates.get(project, eid);
    return data.metrics.find((metric) => metric.name === name);
  }

  async function summary(): Promise<Record<string, unknown> | undefined> {
    const text = `SELECT m.latest, m.first, m.min, m.max, m.points, m.first_step, m.latest_step
                    FROM assay.candidate_metrics m JOIN assay.candidates c USING (project_id)
                   WHERE m.project_id = $1 AND c.eid = $2 AND m.candidate_iid = c.iid`;
    const [row] = await db.database.query({ text }, [project, eid]);
    return row;
  }

  it.each([1.5, -0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1.7976931348623157e308])(
    'keeps %p as it is',
    async (value) => {
      await house.candidates.write(project, writing(eid, { points: [point(value)] }));
      await expect(latest()).resolves.toEqual(point(value));
      await expect(house.candidates.metricHistory(project, eid, 'loss', {})).resolves.toEqual({
        items: [point(value)],
      });
    },
  );

  it('knows the latest by step, then time, then value, whatever the order of arrival', async () => {
    await house.candidates.write(project, writing(eid, { points: [point(5, 2, 10)] }));
    await house.candidates.write(project, writing(eid, { points: [point(9, 1, 99), point(4, 2, 10), point(7, 2, 9)] }));
    await expect(latest()).resolves.toEqual(point(5, 2, 10));
    await house.candidates.write(project, writing(eid, { points: [point(6, 2, 10)] }));
    await expect(latest()).resolves.toEqual(point(6, 2, 10));
    await house.candidates.write(project, writing(eid, { points: [point(Number.NaN, 2, 10)] }));
    await expect(latest()).resolves.toEqual(point(Number.NaN, 2, 10));
  });

  it('sums up each metric: first, least, greatest without NaN, and how many', async () => {
    await house.candidates.write(project, writing(eid, { points: [point(Number.NaN, 5)] }));
    await expect(summary()).resolves.toMatchObject({ min: null, max: null, points: 1 });
    await house.candidates.write(
      project,
      writing(eid, { points: [point(3, -2), point(8, 1), point(1, 2), point(3, -2)] }),
    );
    await expect(summary()).resolves.toEqual({
      latest: Number.NaN,
      latest_step: 5,
      first: 3,
      first_step: -2,
      min: 1,
      max: 8,
      points: 4,
    });
  });

  it('is harmless when repeated', async () => {
    const write = writing(eid, {
      points: [point(1), point(1), point(2)],
      params: [{ name: 'depth', value: '3' }],
      tags: [{ name: 'team', value: 'red' }],
    });
    await Promise.all([1, 2, 3].map(() => house.candidates.write(project, write)));
    await house.candidates.write(project, write);
    await expect(summary()).resolves.toMatchObject({ points: 2 });
    const { data } = await house.candidates.get(project, eid);
    expect(data).toMatchObject({ params: write.params, tags: write.tags });
  });

  it('refuses to change a param, telling both values, and then writes nothing of the request', async () => {
    await house.candidates.write(project, writing(eid, { params: [{ name: 'depth', value: '3' }] }));
    const changed = writing(eid, {
      points: [point(1)],
      tags: [{ name: 'team', value: 'red' }],
      params: [
        { name: 'width', value: '1' },
        { name: 'depth', value: '5' },
      ],
      name: 'renamed',
    });
    const refusal = expect(house.candidates.write(project, changed)).rejects;
    await refusal.toMatchObject({ kind: 'invalid', field: 'params' });
    await expect(house.candidates.write(project, changed)).rejects.toThrow(
      'Changing param values is not allowed: "depth" was already logged with value "3", so "5" is refused',
    );
    const { candidate, data } = await house.candidates.get(project, eid);
    expect(data).toEqual({ metrics: [], params: [{ name: 'depth', value: '3' }], tags: [], inputs: [] });
    expect(candidate.name).not.toBe('renamed');
  });

  it('refuses one param with two values in a request', async () => {
    const params = [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
    ];
    await expect(house.candidates.write(project, writing(eid, { params }))).rejects.toMatchObject({ kind: 'invalid' });
    await house.candidates.write(
      project,
      writing(eid, { params: [params[0], params[0]].flatMap((param) => param ?? []) }),
    );
    await expect(house.candidates.get(project, eid)).resolves.toMatchObject({ data: { params: [params[0]] } });
  });

  it('lets the last tag of a name hold, within a request and across', async () => {
    const tags = ['1', '2'].map((value) => ({ name: 'a', value }));
    await Promise.all([
      house.candidates.write(project, writing(eid, { tags })),
      house.candidates.write(project, writing(eid, { tags: [{ name: 'a', value: '3' }] })),
      house.candidates.write(project, writing(eid, { tags: [{ name: 'a', value: '4' }] })),
    ]);
    await expect(house.candidates.get(project, eid)).resolves.toMatchObject({
      data: { tags: [{ name: 'a', value: '4' }] },
    });
  });

  it('fails alone when it is bad, however many good ones share its commit', async () => {
    const gone = (await house.candidates.create(project, plain())).candidate.eid;
    await house.candidates.delete(project, gone);
    await house.candidates.write(project, writing(eid, { params: [{ name: 'p', value: '0' }] }));
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_unused, index) => {
        if (index === 7) return house.candidates.write(project, writing(newEid(), { points: [point(7)] }));
        if (index === 11) return house.candidates.write(project, writing(gone, { points: [point(7)] }));
        if (index === 13)
          return house.candidates.write(
            project,
            writing(eid, { points: [point(-1)], params: [{ name: 'p', value: '1' }] }),
          );
        if (index === 14) return house.candidates.write(project, writing(eid, { params: [{ name: 'q', value: '1' }] }));
        if (index === 15) return house.candidates.write(project, writing(eid, { params: [{ name: 'q', value: '2' }] }));
        return house.candidates.write(project, writing(eid, { points: [point(index, index)] }));
      }),
    );
    const refused = results.flatMap((result, index) =>
      result.status === 'rejected'
        ? [[index, (result.reason as { kind: string; field: string }).kind, (result.reason as { field: string }).field]]
        : [],
    );
    expect(refused).toEqual([
      [7, 'not-found', 'eid'],
      [11, 'invalid', 'eid'],
      [13, 'invalid', 'params'],
      [15, 'invalid', 'params'],
    ]);
    await expect(summary()).resolves.toMatchObject({ points: 35, min: 0, max: 39 });
  });

  it('without content asks whether the candidate can be written', async () => {
    await expect(house.candidates.write(project, writing(eid))).resolves.toBeUndefined();
    await expect(house.candidates.write(project, writing(newEid()))).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('changes its name and source together with its tags', async () => {
    await house.candidates.write(
      project,
      writing(eid, {
        tags: [{ name: 'x', value: 'y' }],
        name: 'fresh',
        source: { commit: 'c0ffee', branch: 'topic', mergeRequest: 42 },
      }),
    );
    await house.candidates.write(project, writing(eid, { source: { branch: 'other' }, name: '' }));
    const { candidate } = await house.candidates.get(project, eid);
    expect(candidate).toMatchObject({ name: 'fresh', commit: 'c0ffee', branch: 'other', claimedMergeRequest: 42 });
  });

  it('does not reach a candidate of another project', async () => {
    const other = await newProject(db.database);
    await expect(house.candidates.write(other, writing(eid, { points: [point(1)] }))).rejects.toMatchObject({
      kind: 'not-found',
      field: 'eid',
    });
    await expect(house.candidates.get(other, eid)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('cuts long values of params and tags as MLflow does', async () => {
    const write = writing(eid, {
      params: [{ name: 'p', value: 'x'.repeat(7_000) }],
      tags: [{ name: 't', value: '😀'.repeat(8_001) }],
    });
    await house.candidates.write(project, write);
    await house.candidates.write(project, write);
    const { data } = await house.candidates.get(project, eid);
    expect(data.params[0]?.value).toBe('x'.repeat(6_000));
    expect(data.tags[0]?.value).toBe('😀'.repeat(8_000));
  });

  it('keeps a thousand points of a thousand new metrics, and any text that can be stored', async () => {
    const points = Array.from({ length: 1_000 }, (_unused, index) => point(index / 7, index, index, `m/${index} ü`));
    await house.candidates.write(project, writing(eid, { points }));
    const { data } = await house.candidates.get(project, eid);
    expect([...data.metrics].sort((a, b) => a.step - b.step)).toEqual(points);
    const value = `a"b\\c{},NULL'\u0001\n😀\u2028`;
    await house.candidates.write(
      project,
      writing(eid, {
        params: [{ name: 'p', value }],
        tags: [
          { name: 't', value },
          { name: 'empty', value: '' },
        ],
      }),
    );
    const second = await house.candidates.get(project, eid);
    expect(second.data.params).toEqual([{ name: 'p', value }]);
    expect(second.data.tags).toEqual([
      { name: 'empty', value: '' },
      { name: 't', value },
    ]);
  });
});
