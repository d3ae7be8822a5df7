import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProjectStorage, S3Store, UploadsRepository, UploadSweeper } from '../../src/artifacts';
import { asProjectId } from '../../src/common';
import { Database } from '../../src/database';
import { partBytes, post, startDirectScene, Upload, type DirectScene } from '../mlflow/artifacts/scene';
import { describePart } from '../support/parts';
import { s3Client } from '../support/s3';
import { until } from '../support/until';
import type { ArtifactProject } from './server';

const day = 86_400_000;
const later = (): Date => new Date(Date.now() + 3 * 3_600_000);
const maxBytes = 3 * partBytes;

describePart('versitygw', 'uploads that nobody completed', () => {
  let scene: DirectScene;
  let mine: ArtifactProject;
  let root: string;
  let runId: string;

  beforeAll(async () => {
    scene = await startDirectScene({ maxBytes });
    mine = await scene.server.project();
  });

  beforeEach(async () => {
    ({ root, id: runId } = await mine.run());
  });

  afterAll(() => scene.close());

  const sweeper = () => scene.server.get(UploadSweeper);
  const usage = () => scene.server.get(ProjectStorage).usage(asProjectId(mine.id));
  const rows = async (): Promise<number> =>
    (await scene.server.get(Database).query({ text: 'SELECT 1 FROM assay.uploads WHERE project_id = $1' }, [mine.id]))
      .length;
  const pending = async (): Promise<number> => {
    const { bucket } = scene.s3;
    return ((await s3Client(scene.s3).listIncompleteUploads(bucket, '', true).toArray()) as unknown[]).length;
  };

  it('are left alone until they expire, and then ended and counted', async () => {
    const { content } = await new Upload(mine, root).beginAndSend();
    await new Upload(mine, `${root}/second`).begin(1);
    await expect(sweeper().sweep()).resolves.toEqual({ uploads: 0, bytes: 0 });
    const expected = { uploads: 2, bytes: content.length };
    await expect(sweeper().sweep({ dryRun: true, now: later() })).resolves.toEqual(expected);
    expect([await rows(), await pending()]).toEqual([2, 2]);
    await expect(sweeper().sweep({ now: later(), batch: 1 })).resolves.toEqual(expected);
    await expect(sweeper().sweep({ now: later() })).resolves.toEqual({ uploads: 0, bytes: 0 });
    expect([await rows(), await pending()]).toEqual([0, 0]);
  });

  it('are counted once by two that sweep at once', async () => {
    for (let index = 0; index < 8; index += 1) {
      const upload = new Upload(mine, root, `f${index}`);
      await upload.send(await upload.begin(1), [Buffer.from('12345')]);
    }
    const swept = await Promise.all([1, 2, 3].map(() => sweeper().sweep({ now: later(), batch: 3 })));
    expect(swept.reduce((sum, { uploads }) => sum + uploads, 0)).toBe(8);
    expect([await rows(), await pending()]).toEqual([0, 0]);
  });

  it('are forgotten without a count when they were completed', async () => {
    const upload = new Upload(mine, root);
    const { begun, parts } = await upload.beginAndSend();
    await upload.act('complete', { upload_id: begun.id, parts });
    await expect(sweeper().sweep({ now: later() })).resolves.toEqual({ uploads: 0, bytes: 0 });
    expect(await rows()).toBe(0);
    expect((await mine.artifact('GET', `${root}/${upload.name}`)).status).toBe(200);
  });

  it('go on with the others when the store had lost one', async () => {
    const upload = new Upload(mine, root);
    await upload.begin(1);
    for await (const page of scene.store.direct.unfinished())
      for (const { key, upload: id } of page) await scene.store.direct.abort(key, id);
    await expect(sweeper().sweep({ now: later() })).resolves.toEqual({ uploads: 1, bytes: 0 });
    expect(await rows()).toBe(0);
  });

  it('are ended after a day also when no row knows them, as a killed server leaves them', async () => {
    const { direct } = scene.store;
    const key = `projects/${mine.id}/${root}/killed`;
    const storeUpload = await direct.begin(key, 'text/plain');
    await fetch(await direct.presignPart(key, storeUpload, 1, 60), { method: 'PUT', body: 'half' });
    const foreign = await direct.begin('projects/elsewhere/x', 'text/plain');
    await new Upload(mine, root).begin(1);
    await expect(sweeper().sweep({ now: new Date(Date.now() + day / 2), dryRun: true })).resolves.toMatchObject({
      uploads: 1,
    });
    await expect(sweeper().sweep({ now: new Date(Date.now() + day + 60_000) })).resolves.toEqual({
      uploads: 2,
      bytes: 4,
    });
    expect(await pending()).toBe(1);
    await direct.abort('projects/elsewhere/x', foreign);
  });

  it('are counted into storage when they did arrive by a presigned address', async () => {
    const send = async (path: string, body: string | Buffer<ArrayBuffer>) => {
      const { json } = await post(mine, '/api/2.0/mlflow/artifacts/presigned-upload-url', { run_id: runId, path });
      await fetch(json['presigned_url'] as string, { method: 'PUT', body });
    };
    await mine.artifact('PUT', `${root}/replaced`, { body: 'before' });
    const before = await usage();
    await send('new', 'content');
    await send('replaced', 'x');
    await send('too large', Buffer.alloc(maxBytes + 1));
    await post(mine, '/api/2.0/mlflow/artifacts/presigned-upload-url', { run_id: runId, path: 'never sent' });
    await expect(sweeper().sweep()).resolves.toEqual({ uploads: 0, bytes: 0 });
    const expected = { uploads: 2, bytes: maxBytes + 1 };
    await expect(sweeper().sweep({ now: later(), dryRun: true })).resolves.toEqual(expected);
    await expect(sweeper().sweep({ now: later() })).resolves.toEqual(expected);
    const after = await usage();
    expect([after.bytes - before.bytes, after.files - before.files]).toEqual([7 + 1 - 6, 1]);
    expect((await mine.artifact('GET', `${root}/too large`)).status).toBe(404);
    await expect(scene.server.get(ProjectStorage).recount(asProjectId(mine.id))).resolves.toBe(true);
    await expect(usage()).resolves.toMatchObject({ bytes: after.bytes, files: after.files });
  });

  it('wait when the store is away, and nothing is lost', async () => {
    await new Upload(mine, root).begin(1);
    await scene.s3.kill();
    try {
      await expect(sweeper().sweep({ now: later() })).rejects.toMatchObject({ kind: 'unavailable' });
      expect(await rows()).toBe(1);
    } finally {
      await scene.s3.restart();
    }
    await expect(sweeper().sweep({ now: later() })).resolves.toMatchObject({ uploads: 1 });
  });
});

describePart('versitygw', 'a server that runs', () => {
  it('ends uploads that expired by itself, one process at a time', async () => {
    const scene = await startDirectScene({ sweepInterval: 50 });
    try {
      const mine = await scene.server.project();
      const { root } = await mine.run();
      const { id } = await new Upload(mine, root).begin(1);
      const database = scene.server.get(Database);
      const of = [mine.id, id];
      const where = 'WHERE project_id = $1 AND upload_id = $2';
      const left = () => database.query({ text: `SELECT 1 FROM assay.uploads ${where}` }, of);
      const uploads = new UploadsRepository(database);
      const checkAlone = async (): Promise<void> => {
        await database.query({ text: `UPDATE assay.uploads SET expires_at = created_at ${where}` }, of);
        await expect(uploads.alone(() => Promise.reject(new Error('not alone')))).resolves.toBe(false);
        await sleep(300);
        await expect(left()).resolves.toHaveLength(1);
      };
      await until('the lock', 10_000, async () => (await uploads.alone(checkAlone)) || undefined);
      await until('the sweep', 10_000, async () => (await left()).length === 0 || undefined);
    } finally {
      await scene.close();
    }
  });
});

describePart('versitygw', 'a bucket that was never made', () => {
  it('has no unfinished uploads', async () => {
    const scene = await startDirectScene();
    try {
      const store = new S3Store({ ...scene.s3, bucket: 'nobody-made-it' });
      const pages: unknown[] = [];
      for await (const page of store.direct.unfinished()) pages.push(...page);
      expect(pages).toEqual([]);
      await store.write('projects/1/a', Readable.from([Buffer.from('x')]));
    } finally {
      await scene.close();
    }
  });
});
