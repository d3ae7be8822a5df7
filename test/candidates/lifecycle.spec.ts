import { asCandidateIid, asExperimentIid, newEid, type ProjectId } from '../../src/common';
import type { CandidateInput, NewCandidate } from '../../src/candidates';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { newProject, openHouse, plain, writing, type House } from './house';

describe('candidates', () => {
  let db: TestDatabase;
  let house: House;
  let project: ProjectId;
  let announced: ProjectId[];

  beforeAll(async () => {
    db = await createTestDatabase();
    house = openHouse(db.database);
    house.changes.pendingReports.subscribe((changed) => announced.push(changed));
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    project = await newProject(db.database);
    announced = [];
  });

  async function pending(): Promise<number[]> {
    const text = 'SELECT iid FROM assay.candidates WHERE project_id = $1 AND report_pending ORDER BY iid';
    const rows = await db.database.query<{ iid: number }>({ text }, [project]);
    await db.database.query({ text: 'UPDATE assay.candidates SET report_pending = false WHERE project_id = $1' }, [
      project,
    ]);
    return rows.map(({ iid }) => iid);
  }

  it('are created with all that is told, and read back the same', async () => {
    const experiment = await house.experiments.create(project, {
      name: 'x',
      artifactLocation: 's3://bucket/x',
      tags: [],
      createdBy: 'ada',
    });
    const created = await house.candidates.create(project, {
      experimentIid: experiment.iid,
      name: 'my trial',
      nameTag: 'the.name',
      status: 'scheduled',
      startedAt: 1_700_000_000_123,
      userName: 'Ada L.',
      createdBy: 'token:ci',
      tags: [
        { name: 'z', value: '1' },
        { name: 'a', value: '2' },
        { name: 'z', value: '3' },
      ],
      source: { commit: 'c0ffee', branch: 'topic', mergeRequest: 42 },
    });
    expect(created.candidate).toMatchObject({
      iid: 1,
      name: 'my trial',
      artifactLocation: 's3://bucket/x',
      commit: 'c0ffee',
    });
    expect(created.data.tags.map(({ name }) => name)).toEqual(['a', 'the.name', 'z']);
    await expect(house.candidates.get(project, created.candidate.eid)).resolves.toEqual(created);
  });

  it('get a readable name when none is given, in their tag too', async () => {
    const { candidate, data } = await house.candidates.create(project, plain({ name: '', nameTag: 'the.name' }));
    expect(candidate.name).toMatch(/^[a-z]+-[a-z]+-[0-9]+$/);
    expect(candidate.status).toBe('running');
    expect(data.tags).toEqual([{ name: 'the.name', value: candidate.name }]);
  });

  it('count from 1 in a project without gaps, however many are created at once, and keep their own tags', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_unused, index) => {
        const experimentIid = asExperimentIid(index === 20 ? 99 : 0);
        return house.candidates.create(project, plain({ experimentIid, tags: [{ name: 'n', value: String(index) }] }));
      }),
    );
    expect(results[20]).toMatchObject({ reason: { kind: 'not-found', field: 'experiment' } });
    const created = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(created.map(({ candidate }) => candidate.iid)).toEqual(
      Array.from({ length: 49 }, (_unused, index) => index + 1),
    );
    const read = await house.candidates.byIids(project, [49, 1, 777, 20].map(asCandidateIid));
    expect(read.map(({ candidate }) => candidate.iid)).toEqual([49, 1, 20]);
    expect(read).toEqual([created[48], created[0], created[19]]);
  });

  it('are refused in an experiment that is deleted or unknown', async () => {
    const { iid } = await house.experiments.create(project, { name: 'x', tags: [], createdBy: 'ada' });
    await house.experiments.delete(project, iid);
    const refused = house.candidates.create(project, plain({ experimentIid: iid }));
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', field: 'experiment' });
  });

  it.each<[Partial<NewCandidate>, string]>([
    [{ startedAt: 1.5 }, 'started_at'],
    [{ name: 'x\0' }, 'name'],
    [{ userName: 'x'.repeat(501) }, 'user_name'],
    [{ tags: [{ name: '/', value: '' }] }, 'tags[0].name'],
  ])('are refused with %j', async (more, field) => {
    await expect(house.candidates.create(project, plain(more))).rejects.toMatchObject({ kind: 'invalid', field });
  });

  it('are updated as far as told, unless deleted', async () => {
    const { candidate } = await house.candidates.create(project, plain({ name: 'a', nameTag: 'the.name' }));
    const { eid } = candidate;
    const finished = await house.candidates.update(project, eid, { status: 'finished', endedAt: 99 });
    expect(finished).toEqual({ ...candidate, status: 'finished', endedAt: 99 });
    await expect(house.candidates.update(project, eid, { name: 'b', nameTag: 'the.name' })).resolves.toEqual({
      ...finished,
      name: 'b',
    });
    await expect(house.candidates.update(project, eid, { name: '' })).resolves.toEqual({ ...finished, name: 'b' });
    await expect(house.candidates.get(project, eid)).resolves.toMatchObject({
      data: { tags: [{ name: 'the.name', value: 'b' }] },
    });
    await house.candidates.delete(project, eid);
    await expect(house.candidates.update(project, eid, {})).rejects.toMatchObject({ kind: 'invalid', field: 'eid' });
    await expect(house.candidates.update(project, newEid(), {})).rejects.toMatchObject({
      kind: 'not-found',
      field: 'eid',
    });
  });

  it('are deleted and restored, again and again', async () => {
    const { candidate } = await house.candidates.create(project, plain());
    const { eid } = candidate;
    await house.candidates.delete(project, eid);
    const { candidate: deleted } = await house.candidates.get(project, eid);
    await house.candidates.delete(project, eid);
    await expect(house.candidates.get(project, eid)).resolves.toMatchObject({
      candidate: { deletedAt: deleted.deletedAt },
    });
    for (const refused of [
      house.candidates.write(project, writing(eid, { points: [{ name: 'a', value: 1, step: 0, trackedAt: 0 }] })),
      house.candidates.deleteTag(project, eid, 'a'),
      house.candidates.logInputs(project, eid, []),
    ]) {
      await expect(refused).rejects.toMatchObject({ kind: 'invalid', field: 'eid' });
    }
    await house.candidates.restore(project, eid);
    await house.candidates.restore(project, eid);
    await expect(house.candidates.get(project, eid)).resolves.toMatchObject({ candidate });
    await expect(house.candidates.delete(project, newEid())).rejects.toMatchObject({ kind: 'not-found' });
    await expect(house.candidates.restore(project, newEid())).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('lose a tag, once', async () => {
    const { candidate } = await house.candidates.create(project, plain({ tags: [{ name: 'a', value: '1' }] }));
    await house.candidates.deleteTag(project, candidate.eid, 'a');
    await expect(house.candidates.deleteTag(project, candidate.eid, 'a')).rejects.toThrow('No tag with name: a');
    await expect(house.candidates.deleteTag(project, newEid(), 'a')).rejects.toMatchObject({ field: 'eid' });
    await expect(house.candidates.get(project, candidate.eid)).resolves.toMatchObject({ data: { tags: [] } });
  });

  it('share a dataset by name and digest within their experiment; logging it again changes nothing', async () => {
    const [one, two] = [
      await house.candidates.create(project, plain()),
      await house.candidates.create(project, plain()),
    ];
    const dataset = {
      name: 'penguins',
      digest: 'abc',
      sourceType: 'http',
      source: 'https://example.org',
      schema: '{}',
    };
    const train: CandidateInput = { dataset, tags: [{ name: 'context', value: 'train' }] };
    const other: CandidateInput = { dataset: { ...dataset, digest: 'def', profile: 'x' }, tags: [] };
    const test: CandidateInput = { dataset, tags: [{ name: 'context', value: 'test' }] };
    await house.candidates.logInputs(project, one.candidate.eid, [other, train, test]);
    await Promise.all([
      house.candidates.logInputs(project, one.candidate.eid, [test]),
      house.candidates.logInputs(project, two.candidate.eid, [test]),
    ]);
    await expect(house.candidates.get(project, one.candidate.eid)).resolves.toMatchObject({
      data: { inputs: [train, other] },
    });
    await expect(house.candidates.get(project, two.candidate.eid)).resolves.toMatchObject({ data: { inputs: [test] } });
    const rows = await db.database.query({ text: 'SELECT 1 FROM assay.datasets WHERE project_id = $1' }, [project]);
    expect(rows).toHaveLength(2);
  });

  it.each<[Partial<CandidateInput['dataset']>, string]>([
    [{ name: '' }, 'datasets[0].dataset.name'],
    [{ name: 'x'.repeat(501) }, 'datasets[0].dataset.name'],
    [{ digest: 'x'.repeat(37) }, 'datasets[0].dataset.digest'],
    [{ source: 'a\0' }, 'datasets[0].dataset.source'],
  ])('refuse a dataset with %j', async (more, field) => {
    const dataset = { name: 'a', digest: 'b', sourceType: 'c', source: 'd', ...more };
    const refused = house.candidates.logInputs(project, newEid(), [{ dataset, tags: [] }]);
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', field });
  });

  describe('show the history of a metric', () => {
    const values = [3, Number.NaN, -Infinity, 2.5, Infinity, 1];

    it('by time, then step, then value, page by page as in one', async () => {
      const { eid } = (await house.candidates.create(project, plain())).candidate;
      const points = values.flatMap((value, index) =>
        [0, 1].map((step) => ({ name: 'loss', value, step, trackedAt: 1_000 - (index % 2) })),
      );
      await house.candidates.write(project, writing(eid, { points }));
      const whole = await house.candidates.metricHistory(project, eid, 'loss', {});
      const key = ({ trackedAt, step, value }: (typeof points)[number]): [number, number, number] => [
        trackedAt,
        step,
        value,
      ];
      expect(whole.items.map(key)).toEqual([
        [999, 0, 1],
        [999, 0, 2.5],
        [999, 0, Number.NaN],
        [999, 1, 1],
        [999, 1, 2.5],
        [999, 1, Number.NaN],
        [1000, 0, -Infinity],
        [1000, 0, 3],
        [1000, 0, Infinity],
        [1000, 1, -Infinity],
        [1000, 1, 3],
        [1000, 1, Infinity],
      ]);
      const paged = [];
      let pageToken: string | undefined;
      do {
        const page = { limit: 1, ...(pageToken === undefined ? {} : { pageToken }) };
        const { items, nextPageToken } = await house.candidates.metricHistory(project, eid, 'loss', page);
        expect(items).toHaveLength(1);
        paged.push(...items);
        pageToken = nextPageToken;
      } while (pageToken !== undefined);
      expect(paged).toEqual(whole.items);
    });

    it('which is empty for an unknown metric, and refused for an unknown candidate or a made-up page token', async () => {
      const { eid } = (await house.candidates.create(project, plain())).candidate;
      await expect(house.candidates.metricHistory(project, eid, 'none', {})).resolves.toEqual({ items: [] });
      await expect(house.candidates.metricHistory(project, newEid(), 'none', {})).rejects.toMatchObject({
        field: 'eid',
      });
      for (const place of ['[1]', '["a",1,"1"]', '[1,1,"x"]', '{}', 'null']) {
        const pageToken = Buffer.from(place).toString('base64url');
        const refused = house.candidates.metricHistory(project, eid, 'none', { pageToken });
        await expect(refused).rejects.toMatchObject({ kind: 'invalid', field: 'page_token' });
      }
    });
  });

  describe('follow their experiment', () => {
    it('when it is deleted and restored, but one deleted by itself stays deleted', async () => {
      const { iid } = await house.experiments.create(project, { name: 'x', tags: [], createdBy: 'ada' });
      const [own, kept, elsewhere] = [
        await house.candidates.create(project, plain({ experimentIid: iid })),
        await house.candidates.create(project, plain({ experimentIid: iid })),
        await house.candidates.create(project, plain()),
      ].map(({ candidate }) => candidate.eid);
      if (own === undefined || kept === undefined || elsewhere === undefined) throw new Error('three were created');
      const deleted = async (eid: typeof own): Promise<boolean> =>
        (await house.candidates.get(project, eid)).candidate.deletedAt !== undefined;
      await house.candidates.delete(project, own);
      await house.experiments.delete(project, iid);
      expect([await deleted(own), await deleted(kept), await deleted(elsewhere)]).toEqual([true, true, false]);
      await expect(house.candidates.write(project, writing(kept))).rejects.toMatchObject({ kind: 'invalid' });
      await house.experiments.restore(project, iid);
      expect([await deleted(own), await deleted(kept), await deleted(elsewhere)]).toEqual([true, false, false]);
    });
  });

  describe('ask for a report', () => {
    it('when they belong to a change of the code', async () => {
      const { eid } = (await house.candidates.create(project, plain({ source: { branch: 'topic' } }))).candidate;
      expect([await pending(), announced]).toEqual([[1], [project]]);
      await house.candidates.write(project, writing(eid, { points: [{ name: 'a', value: 1, step: 0, trackedAt: 0 }] }));
      expect([await pending(), announced]).toEqual([[], [project]]);
      await house.candidates.update(project, eid, { status: 'finished' });
      expect([await pending(), announced]).toEqual([[1], [project, project]]);
      await house.candidates.delete(project, eid);
      expect(await pending()).toEqual([1]);
      await house.candidates.restore(project, eid);
      expect(await pending()).toEqual([1]);
      expect(announced).toHaveLength(4);
    });

    it('as soon as a tag tells where they come from', async () => {
      const { eid } = (await house.candidates.create(project, plain())).candidate;
      await house.candidates.update(project, eid, { status: 'finished' });
      await house.candidates.write(project, writing(eid, { tags: [{ name: 'a', value: 'b' }] }));
      expect([await pending(), announced]).toEqual([[], []]);
      await house.candidates.write(project, writing(eid, { source: { mergeRequest: 3 } }));
      expect([await pending(), announced]).toEqual([[1], [project]]);
    });

    it('in the experiment of a merge request, and when their experiment becomes one or ceases to be', async () => {
      const { iid } = await house.experiments.create(project, { name: '!42', tags: [], createdBy: 'ada' });
      await house.candidates.create(project, plain({ experimentIid: iid }));
      expect([await pending(), announced]).toEqual([[1], [project]]);
      await house.experiments.rename(project, iid, 'plain');
      expect(await pending()).toEqual([1]);
      await house.experiments.rename(project, iid, 'still plain');
      expect(await pending()).toEqual([]);
      await house.experiments.rename(project, iid, '!43');
      expect(await pending()).toEqual([1]);
      await house.experiments.delete(project, iid);
      expect(await pending()).toEqual([1]);
    });
  });
});
