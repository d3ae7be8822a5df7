import { Readable } from 'node:stream';
import { ArtifactsService } from '../../src/artifacts';
import type { Candidate } from '../../src/candidates';
import type { ProjectId } from '../../src/common';
import { collectGarbage, type Garbage, type ProjectGarbage } from '../../src/deletion';
import { writing } from '../candidates/house';
import { describeStores } from './store-places';
import { noRows, startWorld, type World } from './world';

const dayMs = 86_400_000;

describeStores((place) => {
  let world: World;
  let project: ProjectId;

  beforeAll(async () => {
    world = await startWorld(place().store, { work: false });
  });

  beforeEach(async () => {
    ({ id: project } = await world.project());
  });

  afterAll(() => world.close());

  async function collect(options: { dryRun?: boolean; days?: number; all?: boolean } = {}): Promise<Garbage> {
    const { dryRun = false, days = 30, all = false } = options;
    const before = new Date(Date.now() - days * dayMs);
    const only = all ? {} : { project: String(project) };
    return collectGarbage({ database: world.database, store: place().store }, { before, dryRun, ...only });
  }

  function only({ projects }: Garbage): ProjectGarbage {
    expect(projects).toHaveLength(1);
    return projects[0] as ProjectGarbage;
  }

  /** What a run would free, what it then does, and that nothing is left to do after it. */
  async function collectAsForeseen(days?: number): Promise<ProjectGarbage['freed']> {
    const options = days === undefined ? {} : { days };
    const [rows, files] = [await world.rows(project), await world.files(project)];
    const foreseen = only(await collect({ ...options, dryRun: true }));
    expect([await world.rows(project), await world.files(project)]).toEqual([rows, files]);
    const done = only(await collect(options));
    expect(done).toEqual(foreseen);
    const nothing = { candidates: 0, experiments: 0, models: 0, points: 0, files: 0, bytes: 0 };
    expect(only(await collect(options)).freed).toEqual(nothing);
    return done.freed;
  }

  async function deleted(filling?: Parameters<World['fill']>[1]): Promise<Candidate> {
    const candidate = await world.fill(project, filling);
    await world.candidates.delete(project, candidate.eid);
    return candidate;
  }

  it('deletes for good what was deleted long ago, exactly as the dry run says, and keeps the rest', async () => {
    for (let index = 0; index < 3; index += 1) await deleted({ points: 5, models: index });
    await world.age(project, 31);
    const lately = await deleted();
    const live = await world.fill(project);
    expect(await collectAsForeseen()).toEqual({
      candidates: 3,
      experiments: 0,
      models: 3,
      points: 18,
      files: 9,
      bytes: 105,
    });
    const { items } = await world.candidates.search(project, {
      experiments: [live.experimentIid],
      orderBy: [],
      view: 'all',
      limit: 9,
    });
    expect(items.map(({ candidate }) => candidate.eid).sort()).toEqual([lately.eid, live.eid].sort());
    expect(await world.storage.usage(project)).toMatchObject({ files: 6, bytes: 70 });
  });

  it('deletes an experiment with all that went with it, and models that were deleted by themselves', async () => {
    const iid = await world.experiment(project, 'old');
    await world.experiments.setTag(project, iid, 'a', 'b');
    await world.fill(project, { experiment: iid });
    await world.models.create(project, { experimentIid: iid, params: [], tags: [] });
    await world.experiments.delete(project, iid);
    const live = await world.fill(project, { models: 0 });
    const model = await world.models.create(project, {
      experimentIid: live.experimentIid,
      source: live.eid,
      params: [],
      tags: [],
    });
    await world.upload(project, `${world.models.rootOf(model)}/MLmodel`, 50);
    await world.models.delete(project, model.id);
    await world.age(project, 31);
    expect(await collectAsForeseen()).toEqual({
      candidates: 1,
      experiments: 1,
      models: 3,
      points: 4,
      files: 4,
      bytes: 85,
    });
    expect(await world.rows(project)).toMatchObject({ candidates: 1, experiments: 0, experiment_tags: 0, datasets: 1 });
  });

  it('keeps an experiment that was deleted long ago while a candidate in it lives, and that candidate', async () => {
    const iid = await world.experiment(project, 'half');
    const kept = await world.fill(project, { experiment: iid });
    await world.fill(project, { experiment: iid });
    await world.experiments.delete(project, iid);
    await world.age(project, 31);
    await world.candidates.restore(project, kept.eid);
    expect(await collectAsForeseen()).toMatchObject({ candidates: 1, experiments: 0 });
    expect((await world.candidates.get(project, kept.eid)).data.params).toHaveLength(1);
    await world.experiments.get(project, iid);
  });

  it('never deletes what was restored, whenever that was', async () => {
    const candidates = await Promise.all(Array.from({ length: 8 }, () => deleted({ models: 0, files: [3] })));
    await world.age(project, 31);
    const restored = candidates.slice(0, 4);
    await world.candidates.restore(project, (restored[0] as Candidate).eid);
    const results = Promise.allSettled(restored.slice(1).map(({ eid }) => world.candidates.restore(project, eid)));
    const [{ projects }] = await Promise.all([collect(), results]);
    const kept = (await results).filter(({ status }) => status === 'fulfilled').length + 1;
    expect(projects[0]?.freed).toMatchObject({ candidates: 8 - kept, points: 3 * (8 - kept), bytes: 3 * (8 - kept) });
    expect(await world.rows(project)).toMatchObject({ candidates: kept, metric_points: 3 * kept });
    expect(Object.keys(await world.files(project))).toHaveLength(kept);
  });

  it('removes old files whose candidate or model is not there, and no others', async () => {
    const { store } = place();
    const live = await world.fill(project);
    const kept = await world.files(project);
    const below = `projects/${String(project)}`;
    const orphans = [
      `0/${'a'.repeat(32)}/artifacts/x`,
      `0/${'a'.repeat(32)}/artifacts/deep/y`,
      `7/models/m-${'b'.repeat(32)}/artifacts/MLmodel`,
      `5/${live.eid.replaceAll('-', '')}/artifacts/other-experiment`,
    ];
    for (const path of orphans) await store.write(`${below}/${path}`, Readable.from([Buffer.alloc(10)]));
    expect(await collectAsForeseen()).toMatchObject({ files: 0 });
    expect(await collectAsForeseen(-1)).toMatchObject({ candidates: 0, files: 4, bytes: 40 });
    expect(await world.files(project)).toEqual(kept);
  });

  it('finishes what another process left marked, however new it is', async () => {
    const { maintainer } = await world.project();
    expect(maintainer).not.toBe('');
    const mine = await world.project();
    project = mine.id;
    const candidate = await world.fill(project);
    const path = `/api/v4/projects/${String(project)}/ml/candidates/${String(candidate.iid)}/permanently`;
    expect((await world.ask('DELETE', path, mine.maintainer)).status).toBe(202);
    expect(await collectAsForeseen()).toMatchObject({ candidates: 1, models: 1, points: 4 });
    expect(await world.rows(project)).toEqual({ ...noRows, datasets: 1 });
  });

  it('leaves other projects alone', async () => {
    await deleted();
    await world.age(project, 31);
    const other = await world.project();
    const theirs = await world.fill(other.id);
    await world.candidates.delete(other.id, theirs.eid);
    await world.age(other.id, 31);
    const before = [await world.rows(other.id), await world.files(other.id)];
    expect(only(await collect()).freed).toMatchObject({ candidates: 1 });
    expect([await world.rows(other.id), await world.files(other.id)]).toEqual(before);
    const { projects } = await collect({ all: true });
    expect(projects.find(({ id }) => id === other.id)?.freed).toMatchObject({ candidates: 1 });
  });

  it('works beside writes and uploads to what stays', async () => {
    for (let index = 0; index < 5; index += 1) await deleted({ points: 200, models: 0 });
    await world.age(project, 31);
    const live = await world.fill(project, { files: [], models: 0 });
    const root = world.app.get(ArtifactsService).rootOf(live);
    const work = Promise.all(
      Array.from({ length: 40 }, async (_, step) => {
        const points = [{ name: 'loss', value: step, step: 1_000 + step, trackedAt: step }];
        await world.candidates.write(project, writing(live.eid, { points }));
        await world.upload(project, `${root}/f${String(step)}`, 10);
      }),
    );
    const [collected] = await Promise.all([collect(), work]);
    expect(only(collected).freed).toMatchObject({ candidates: 5, points: 1_000, files: 10, bytes: 150 });
    expect(await world.rows(project)).toMatchObject({ candidates: 1, metric_points: 43 });
    expect(await world.storage.usage(project)).toMatchObject({ files: 40, bytes: 400 });
  });

  it('may run twice at once', async () => {
    for (let index = 0; index < 6; index += 1) await deleted({ points: 100 });
    await world.age(project, 31);
    await Promise.all([collect(), collect(), collect()]);
    await collect();
    expect(await world.rows(project)).toEqual({ ...noRows, datasets: 1 });
    expect(await world.files(project)).toEqual({});
    expect(await world.storage.usage(project)).toMatchObject({ files: 0, bytes: 0 });
  });

  it('names a project that does not exist', async () => {
    const request = { before: new Date(), dryRun: true, project: 'team/none' };
    await expect(collectGarbage({ database: world.database, store: place().store }, request)).rejects.toThrow(
      'There is no project team/none with experiments on this server.',
    );
  });
});
