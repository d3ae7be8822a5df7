import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ArtifactsService } from '../../src/artifacts';
import type { Candidate, CandidatesService } from '../../src/candidates';
import { asExperimentIid, newEid, type ProjectId } from '../../src/common';
import { CandidateModelsService } from '../../src/models';
import { plain, writing } from '../candidates/house';
import { describeStores, storePlaces, type StorePlace } from './store-places';
import { noRows, startWorld, untilTrue, type World } from './world';

describeStores((place) => {
  let world: World;
  let project: ProjectId;
  let maintainer: string;
  let writer: string;

  beforeAll(async () => {
    world = await startWorld(place().store);
  });

  beforeEach(async () => {
    ({ id: project, maintainer, writer } = await world.project());
  });

  afterAll(() => world.close());

  const api = (path: string): string => `/api/v4/projects/${String(project)}/ml/${path}`;

  async function untilEmpty(): Promise<void> {
    await untilTrue(async () => (await world.rows(project))['candidates'] === 0);
    await untilTrue(async () => (await world.rows(project))['experiments'] === 0);
  }

  it('removes a candidate with everything that belongs to it, and nothing else', async () => {
    const stays = await world.fill(project);
    const before = [await world.rows(project), await world.files(project)];
    const goes = await world.fill(project, { points: 12_345, models: 2 });
    const answer = await world.ask('DELETE', api(`candidates/${String(goes.iid)}/permanently`), maintainer);
    expect([answer.status, answer.json]).toEqual([
      202,
      { candidates: 1, experiments: 0, models: 2, points: 12_347, files: 4, bytes: 40 },
    ]);
    await untilTrue(async () => (await world.rows(project))['candidates'] === 1);
    expect([await world.rows(project), await world.files(project)]).toEqual(before);
    expect((await world.candidates.get(project, stays.eid)).data.params).toHaveLength(1);
    expect(await world.storage.usage(project)).toMatchObject({ bytes: 35, files: 3 });
    const events = 'SELECT actor, details FROM assay.audit_events WHERE project_id = $1 AND action = $2';
    const audited = await world.database.query({ text: events }, [project, 'candidate.delete-permanently']);
    expect(audited).toMatchObject([{ details: { iid: goes.iid, eid: goes.eid, models: 2 } }]);
  });

  it('removes an experiment with all its candidates, models, datasets and tags', async () => {
    const iid = await world.experiment(project, 'goes');
    await world.experiments.setTag(project, iid, 'a', 'b');
    for (let index = 0; index < 3; index += 1) await world.fill(project, { experiment: iid });
    await world.models.create(project, { experimentIid: iid, params: [], tags: [] });
    const other = await world.fill(project, { models: 0, files: [7] });
    const answer = await world.ask('DELETE', api(`experiments/${String(iid)}/permanently`), maintainer);
    expect([answer.status, answer.json]).toEqual([
      202,
      { candidates: 3, experiments: 1, models: 4, points: 12, files: 9, bytes: 105 },
    ]);
    await expect(world.experiments.get(project, iid)).rejects.toMatchObject({ kind: 'not-found' });
    await untilTrue(async () => (await world.rows(project))['experiments'] === 0);
    expect(Object.values(await world.files(project))).toEqual([7]);
    await world.ask('DELETE', api(`candidates/${String(other.iid)}/permanently`), maintainer);
    await untilEmpty();
    expect(await world.rows(project)).toEqual({ ...noRows, datasets: 1 });
  });

  it('is for maintainers, and never for the Default experiment', async () => {
    const { iid } = await world.fill(project);
    expect((await world.ask('DELETE', api(`candidates/${String(iid)}/permanently`), writer)).status).toBe(403);
    const refused = await world.ask('DELETE', api('experiments/0/permanently'), maintainer);
    expect([refused.status, refused.json['message']]).toEqual([
      400,
      'The Default experiment cannot be deleted for good; delete its candidates instead',
    ]);
    for (const path of ['candidates/77/permanently', 'candidates/x/permanently', 'experiments/77/permanently'])
      expect((await world.ask('DELETE', api(path), maintainer)).status).toBe(404);
    expect((await world.rows(project))['candidates']).toBe(1);
  });

  it('keeps the other models that a candidate measured or read, but not what it said of them', async () => {
    const stays = await world.fill(project);
    const goes = await world.fill(project, { models: 0 });
    const [model] = (await world.models.search(project, search(stays))).items;
    const links = world.app.get(CandidateModelsService);
    const modelId = model?.id ?? '';
    await links.logInputs(project, goes.eid, [modelId]);
    await links.logMetrics(project, [{ modelId, candidate: goes.eid, name: 'acc', value: 1, step: 2, trackedAt: 6 }]);
    const answer = await world.ask('DELETE', api(`candidates/${String(goes.iid)}/permanently`), maintainer);
    expect(answer.json).toMatchObject({ models: 0, points: 4 });
    await untilTrue(async () => (await world.rows(project))['candidates'] === 1);
    expect((await world.models.get(project, modelId)).metrics).toHaveLength(1);
  });
});

describe('What is being deleted for good', () => {
  let place: StorePlace;
  let world: World;
  let project: ProjectId;
  let maintainer: string;
  let candidate: Candidate;

  beforeAll(async () => {
    place = await storePlaces.file();
    world = await startWorld(place.store, { work: false });
  });

  beforeEach(async () => {
    ({ id: project, maintainer } = await world.project());
  });

  afterAll(async () => {
    await world.close();
    await place.close();
  });

  async function drop(path: string): Promise<number> {
    return (await world.ask('DELETE', `/api/v4/projects/${String(project)}/ml/${path}/permanently`, maintainer)).status;
  }

  it('is gone from every answer although nothing of it is removed yet', async () => {
    candidate = await world.fill(project);
    const [model] = (await world.models.search(project, search(candidate))).items;
    const rows = await world.rows(project);
    expect(await drop(`candidates/${String(candidate.iid)}`)).toBe(202);
    expect(await world.rows(project)).toEqual(rows);

    const { candidates } = world;
    await expect(candidates.get(project, candidate.eid)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await candidates.byIids(project, [candidate.iid])).toEqual([]);
    for (const view of ['active', 'deleted', 'all'] as const)
      expect((await candidates.search(project, everything(view))).items).toEqual([]);
    const history = candidates.metricHistory(project, candidate.eid, 'loss', {});
    await expect(history).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.models.get(project, model?.id ?? '', { deleted: true })).rejects.toMatchObject({
      kind: 'not-found',
    });
    const root = world.app.get(ArtifactsService).rootOf(candidate);
    await expect(world.app.get(ArtifactsService).list(project, root)).rejects.toMatchObject({ kind: 'not-found' });
    const path = `/api/v4/projects/${String(project)}/ml/candidates`;
    expect((await world.ask('GET', `${path}/${String(candidate.iid)}`, maintainer)).status).toBe(404);
    expect((await world.ask('GET', `${path}?view=all`, maintainer)).json['candidates']).toEqual([]);
  });

  it('takes no writes and cannot be restored, and says why', async () => {
    candidate = await world.fill(project);
    await drop(`candidates/${String(candidate.iid)}`);
    const { candidates } = world;
    const point = { name: 'loss', value: 1, step: 99, trackedAt: 1 };
    await expect(candidates.write(project, writing(candidate.eid, { points: [point] }))).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(candidates.restore(project, candidate.eid)).rejects.toThrow(
      /is being deleted for good; it cannot be restored/,
    );
    await expect(candidates.delete(project, candidate.eid)).rejects.toMatchObject({ kind: 'not-found' });
    const root = world.app.get(ArtifactsService).rootOf(candidate);
    await expect(world.upload(project, `${root}/late`, 5)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('may be asked for again', async () => {
    candidate = await world.fill(project);
    expect(await drop(`candidates/${String(candidate.iid)}`)).toBe(202);
    expect(await drop(`candidates/${String(candidate.iid)}`)).toBe(202);
    const iid = await world.experiment(project, 'twice');
    expect(await drop(`experiments/${String(iid)}`)).toBe(202);
    expect(await drop(`experiments/${String(iid)}`)).toBe(202);
  });

  it('does not come back when its experiment is restored', async () => {
    const iid = await world.experiment(project, 'comes back');
    candidate = await world.fill(project, { experiment: iid });
    const stays = await world.fill(project, { experiment: iid });
    await world.experiments.delete(project, iid);
    await drop(`candidates/${String(candidate.iid)}`);
    await world.experiments.restore(project, iid);
    const { items } = await world.candidates.search(project, { ...everything('all'), experiments: [iid] });
    expect(items.map((item) => item.candidate.eid)).toEqual([stays.eid]);
  });

  it('takes an experiment out of every list, and gives its name free', async () => {
    const iid = await world.experiment(project, 'one name');
    await world.fill(project, { experiment: iid });
    await drop(`experiments/${String(iid)}`);
    for (const view of ['active', 'deleted', 'all'] as const) {
      const { items } = await world.experiments.search(project, { orderBy: [], view, limit: 10 });
      expect(items.map((item) => item.iid)).not.toContain(iid);
    }
    await expect(world.experiments.getByName(project, 'one name')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.experiments.restore(project, iid)).rejects.toThrow(/deleted for good; it cannot be restored/);
    expect((await world.candidates.search(project, { ...everything('all'), experiments: [iid] })).items).toEqual([]);
    await expect(world.candidates.create(project, plain({ experimentIid: iid }))).rejects.toMatchObject({
      field: 'experiment',
    });
    await world.experiment(project, 'one name');
  });

  it('is unknown like what never was', async () => {
    await expect(world.candidates.restore(project, newEid())).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.experiments.restore(project, asExperimentIid(99))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(world.models.get(project, `m-${randomUUID().replaceAll('-', '')}`)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

describe('Writers that are slower than the deletion', () => {
  let place: StorePlace;
  let world: World;

  beforeAll(async () => {
    place = await storePlaces.file();
    world = await startWorld(place.store);
  });

  afterAll(async () => {
    await world.close();
    await place.close();
  });

  it('leave no row behind, though they began before it and end after it was asked for', async () => {
    const { id, maintainer } = await world.project();
    const { iid } = await world.fill(id, { models: 0 });
    const client = await world.database.pool.connect();
    try {
      await client.query('BEGIN');
      const insert = `INSERT INTO assay.metric_points (project_id, candidate_iid, metric_id, step, tracked_at, value)
                      VALUES ($1, $2, 1, 777, 1, 1)`;
      await client.query(insert, [id, iid]);
      const path = `/api/v4/projects/${String(id)}/ml/candidates/${String(iid)}/permanently`;
      expect((await world.ask('DELETE', path, maintainer)).status).toBe(202);
      await sleep(300);
      expect((await world.rows(id))['candidates']).toBe(1);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    await untilTrue(async () => (await world.rows(id))['candidates'] === 0);
    expect((await world.rows(id))['metric_points']).toBe(0);
  });

  it('may write all the while: everything of the candidates goes in the end', async () => {
    const { id, maintainer } = await world.project();
    const going = await Promise.all([1, 2, 3, 4].map(() => world.fill(id, { models: 0, files: [] })));
    let writes = 0;
    const write = async (candidate: Candidate): Promise<void> => {
      for (let step = 0; ; step += 1) {
        const point = { name: `m${String(step % 5)}`, value: step, step, trackedAt: step };
        const params = [{ name: `p${String(step)}`, value: 'x' }];
        const done = await refused(world.candidates, id, candidate, { points: [point], params });
        if (done) return;
        writes += 1;
      }
    };
    const writing = Promise.all(going.map(write));
    await untilTrue(() => Promise.resolve(writes > 40));
    for (const { iid } of going) {
      const path = `/api/v4/projects/${String(id)}/ml/candidates/${String(iid)}/permanently`;
      expect((await world.ask('DELETE', path, maintainer)).status).toBe(202);
    }
    await writing;
    await untilTrue(async () => (await world.rows(id))['candidates'] === 0);
    expect(await world.rows(id)).toEqual({ ...noRows, datasets: 1 });
  });
});

async function refused(
  candidates: CandidatesService,
  project: ProjectId,
  { eid }: Candidate,
  content: Partial<Parameters<typeof writing>[1]>,
): Promise<boolean> {
  try {
    await candidates.write(project, writing(eid, content));
    return false;
  } catch (error) {
    expect(['invalid', 'not-found']).toContain((error as { kind?: string }).kind);
    return true;
  }
}

function everything(view: 'active' | 'deleted' | 'all'): Parameters<CandidatesService['search']>[1] {
  return { experiments: [asExperimentIid(0)], orderBy: [], view, limit: 10 };
}

function search({ eid }: Candidate): Parameters<World['models']['search']>[1] {
  const filter = `source_run_id = '${eid.replaceAll('-', '')}'`;
  return { experiments: [asExperimentIid(0)], filter, orderBy: [], datasets: [], limit: 10 };
}
