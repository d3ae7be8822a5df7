import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { ArtifactsService, type ArtifactStore } from '../../src/artifacts';
import type { ProjectId } from '../../src/common';
import { describeStores, storePlaces, type StorePlace } from './store-places';
import { operatorToken, startWorld, type World } from './world';

describeStores((place) => {
  let world: World;
  let project: ProjectId;
  let maintainer: string;
  let root: string;

  beforeAll(async () => {
    world = await startWorld(place().store);
  });

  beforeEach(async () => {
    ({ id: project, maintainer } = await world.project());
    const candidate = await world.fill(project, { files: [], models: 0 });
    root = world.app.get(ArtifactsService).rootOf(candidate);
  });

  afterAll(() => world.close());

  async function used(): Promise<{ bytes: number; files: number }> {
    const { bytes, files } = await world.storage.usage(project);
    const stored = Object.values(await world.files(project));
    expect({ bytes, files }).toEqual({ bytes: stored.reduce((sum, size) => sum + size, 0), files: stored.length });
    return { bytes, files };
  }

  it('counts uploads, an overwritten file once, and takes removals off', async () => {
    expect(await used()).toEqual({ bytes: 0, files: 0 });
    await world.upload(project, `${root}/a`, 100);
    await world.upload(project, `${root}/dir/b`, 10);
    expect(await used()).toEqual({ bytes: 110, files: 2 });
    await world.upload(project, `${root}/a`, 30);
    expect(await used()).toEqual({ bytes: 40, files: 2 });
    await world.app.get(ArtifactsService).remove(project, `${root}/dir`);
    expect(await used()).toEqual({ bytes: 30, files: 1 });
    await world.app.get(ArtifactsService).remove(project, `${root}/a`);
    await world.app.get(ArtifactsService).remove(project, `${root}/a`);
    expect(await used()).toEqual({ bytes: 0, files: 0 });
  });

  it('is exact after many uploads at once, onto equal paths and with removals among them', async () => {
    const artifacts = world.app.get(ArtifactsService);
    const works = Array.from({ length: 60 }, (_, index) => async () => {
      await world.upload(project, `${root}/f${String(index % 7)}`, 100 + index);
      if (index % 10 === 9) await artifacts.remove(project, `${root}/f${String(index % 3)}`);
    });
    await Promise.all(works.map((work) => work()));
    const { files } = await used();
    expect(files).toBeGreaterThan(0);
  });

  it('finds out by counting the store what changed past it', async () => {
    await world.upload(project, `${root}/a`, 100);
    const { store } = place();
    await store.write(`projects/${String(project)}/${root}/past`, Readable.from([Buffer.alloc(7)]));
    expect(await world.storage.usage(project)).toMatchObject({ bytes: 100, files: 1 });
    expect(await world.storage.recount(project)).toBe(true);
    expect(await used()).toEqual({ bytes: 107, files: 2 });
  });

  it('counts the store of a project that was there before counting was', async () => {
    await world.upload(project, `${root}/a`, 100);
    await world.database.query({ text: 'DELETE FROM assay.project_storage WHERE project_id = $1' }, [project]);
    await world.upload(project, `${root}/b`, 10);
    expect(await used()).toEqual({ bytes: 110, files: 2 });
  });

  it('stays exact when the store is counted while uploads go on', async () => {
    const uploads = Promise.all(
      Array.from({ length: 30 }, (_, i) => world.upload(project, `${root}/f${String(i)}`, i)),
    );
    await Promise.all([world.storage.recount(project), world.storage.recount(project), uploads]);
    expect((await used()).files).toBe(30);
  });

  it('keeps a project to its limit, whoever uploads at once, and keeps nothing of what is refused', async () => {
    await world.storage.setLimit(project, 1_000);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => world.upload(project, `${root}/f${String(i)}`, 150)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'too-large' });
    }
    expect(await used()).toEqual({ bytes: 900, files: 6 });
    await expect(world.upload(project, `${root}/more`, 101)).rejects.toThrow(
      /use 900 bytes of the limit of 1 kB .*Delete artifacts or candidates .* or ask the operator for a higher limit/,
    );
    await world.upload(project, `${root}/more`, 100);
    expect(await used()).toEqual({ bytes: 1_000, files: 7 });
  });

  it('lets a file be replaced by one of its size when there is no more room', async () => {
    await world.storage.setLimit(project, 100);
    await world.upload(project, `${root}/a`, 100);
    await world.upload(project, `${root}/a`, 100);
    await expect(world.upload(project, `${root}/a`, 101)).rejects.toMatchObject({ kind: 'too-large' });
    expect(await used()).toEqual({ bytes: 100, files: 1 });
  });

  it('refuses what does not say its length while it streams', async () => {
    await world.storage.setLimit(project, 1_000_000);
    const content = new PassThrough();
    const upload = world.app.get(ArtifactsService).upload(project, `${root}/endless`, content);
    const refused = expect(upload).rejects.toMatchObject({ kind: 'too-large' });
    let sent = 0;
    while (!content.destroyed && sent < 200) {
      sent += 1;
      if (!content.write(Buffer.alloc(64 * 1024))) await Promise.race([once(content, 'drain'), refused]);
    }
    await refused;
    expect(await used()).toEqual({ bytes: 0, files: 0 });
  });

  it('keeps what it counted when putting a file into its place fails', async () => {
    await world.storage.setLimit(project, 1_000);
    const key = `projects/${String(project)}/${root}/a`;
    const fail = (): Promise<void> => Promise.reject(new Error('the disk went away'));
    await expect(world.storage.place(project, key, 900, fail)).rejects.toThrow('the disk went away');
    expect(await used()).toEqual({ bytes: 0, files: 0 });
    expect(await world.storage.room(project)).toBe(1_000);
  });

  it('is seen by maintainers and the operator, who alone sets the limit', async () => {
    await world.upload(project, `${root}/a`, 100);
    const path = `/api/v4/projects/${String(project)}/ml/storage`;
    const seen = await world.ask('GET', path, maintainer);
    expect([seen.status, seen.json]).toEqual([
      200,
      { used_bytes: 100, files: 1, own_limit: false, counted_at: expect.any(String) as string },
    ]);
    const body = { limit_bytes: 5_000 };
    expect((await world.ask('PUT', `${path}/limit`, maintainer, body)).status).toBe(403);
    expect((await world.ask('PUT', `${path}/limit`, operatorToken, { limit_bytes: -1 })).status).toBe(400);
    expect((await world.ask('PUT', `${path}/limit`, operatorToken, body)).json).toMatchObject({
      limit_bytes: 5_000,
      own_limit: true,
    });
    expect((await world.ask('GET', `${path}/limit`, operatorToken)).json).toMatchObject({ used_bytes: 100 });
    expect((await world.ask('GET', path, maintainer)).json).toMatchObject({ limit_bytes: 5_000 });
    expect((await world.ask('DELETE', `${path}/limit`, operatorToken)).json).toMatchObject({ own_limit: false });
    expect((await world.ask('GET', '/api/v4/projects/999999/ml/storage/limit', operatorToken)).status).toBe(404);
  });
});

describe("The server's limit", () => {
  let place: StorePlace;
  let world: World;

  beforeAll(async () => {
    place = await storePlaces.file();
    world = await startWorld(place.store satisfies ArtifactStore, { maxProjectBytes: 1_000 });
  });

  afterAll(async () => {
    await world.close();
    await place.close();
  });

  it('holds for every project that has none of its own, answers 413 and shows on the settings page', async () => {
    const { id, maintainer, writer } = await world.project();
    const root = world.app.get(ArtifactsService).rootOf(await world.fill(id, { files: [], models: 0 }));
    const path = `/api/v4/projects/${String(id)}/ml/mlflow/api/2.0/mlflow-artifacts/artifacts/${root}/a`;
    const put = (bytes: number): Promise<Response> =>
      fetch(`${world.url}${path}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${writer}` },
        body: Buffer.alloc(bytes),
      });
    expect((await put(600)).status).toBe(200);
    const refused = await put(1_001);
    expect(refused.status).toBe(413);
    expect(await refused.text()).toMatch(/600 of 1000 bytes/);
    const settings = await settingsPage(world, id, maintainer);
    expect(settings).toContain('<span id="storage-used">600 bytes</span> in 1 file');
    expect(settings).toContain('1 kB (the server’s)');
    await world.storage.setLimit(id, 2_000);
    expect((await put(1_001)).status).toBe(200);
    expect(await settingsPage(world, id, maintainer)).toContain('2 kB (this project’s own)');
  });
});

async function settingsPage(world: World, id: ProjectId, token: string): Promise<string> {
  const { project } = (await world.ask('GET', `/api/v4/projects/${String(id)}/ml`, token)).json;
  return (await world.ask('GET', `/${String(project)}/-/ml/settings`, token)).text;
}
