import { Readable } from 'node:stream';
import { ProjectStorage } from '../../../src/artifacts';
import { asProjectId } from '../../../src/common';
import { Database } from '../../../src/database';
import type { ArtifactProject } from '../../artifacts/server';
import { describePart } from '../../support/parts';
import { partBytes, refusal, startDirectScene, Upload, type DirectScene } from './scene';

const maxBytes = 4 * partBytes;
const notFound = [404, 'RESOURCE_DOES_NOT_EXIST'];
const invalid = [400, 'INVALID_PARAMETER_VALUE'];

describePart('versitygw', 'a multipart upload past the server', () => {
  let scene: DirectScene;
  let mine: ArtifactProject;
  let root: string;

  beforeAll(async () => {
    scene = await startDirectScene({ maxBytes });
    mine = await scene.server.project();
  });

  beforeEach(async () => {
    ({ root } = await mine.run());
  });

  afterAll(() => scene.close());

  const uploads = (query: string, values: unknown[]) =>
    scene.server.get(Database).query<{ count: number }>({ text: query }, values);
  const open = async (): Promise<number> => {
    const [row] = await uploads('SELECT count(*) FROM assay.uploads WHERE project_id = $1 AND completed_at IS NULL', [
      mine.id,
    ]);
    return Number(row?.count);
  };

  it('is begun, sent to the store, completed, counted and read', async () => {
    const storage = scene.server.get(ProjectStorage);
    const project = asProjectId(mine.id);
    const before = await storage.usage(project);
    const upload = new Upload(mine, `${root}/in a/folder`, 'ø name.bin');
    const { begun, parts, content } = await upload.beginAndSend();
    expect(new URL(begun.urls[0] ?? '').origin).toBe(scene.s3.endpoint);
    const path = `${root}/in a/folder/ø name.bin`;
    expect(refusal(await mine.artifact('GET', path))).toEqual(notFound);
    const done = await upload.act('complete', { upload_id: begun.id, parts: parts.reverse() });
    expect([done.status, done.json]).toEqual([200, {}]);
    expect((await mine.artifact('GET', path)).body.equals(content)).toBe(true);
    const after = await storage.usage(project);
    expect([after.bytes - before.bytes, after.files - before.files]).toEqual([content.length, 1]);
    expect(await open()).toBe(0);
  });

  it('replaces a file, and is counted by the difference', async () => {
    const storage = scene.server.get(ProjectStorage);
    const project = asProjectId(mine.id);
    const upload = new Upload(mine, root);
    await mine.artifact('PUT', `${root}/${upload.name}`, { body: 'before' });
    const before = await storage.usage(project);
    const { begun, parts, content } = await upload.beginAndSend();
    await upload.act('complete', { upload_id: begun.id, parts });
    const after = await storage.usage(project);
    expect([after.bytes - before.bytes, after.files - before.files]).toEqual([content.length - 6, 0]);
    await expect(storage.recount(project)).resolves.toBe(true);
    await expect(storage.usage(project)).resolves.toMatchObject({ bytes: after.bytes, files: after.files });
  });

  it('may be completed again by a client that got no answer, but not aborted then', async () => {
    const upload = new Upload(mine, root);
    const { begun, parts } = await upload.beginAndSend();
    const complete = { upload_id: begun.id, parts };
    expect((await upload.act('complete', complete)).status).toBe(200);
    expect((await upload.act('complete', complete)).status).toBe(200);
    expect(refusal(await upload.act('abort', { upload_id: begun.id }))).toEqual(notFound);
    expect((await mine.artifact('GET', `${root}/${upload.name}`)).status).toBe(200);
  });

  it('is refused with wrong, missing, unknown or repeated parts, and can then still be completed', async () => {
    const upload = new Upload(mine, root);
    const { begun, parts } = await upload.beginAndSend();
    const [first, second] = parts;
    const wrong = [
      [first, { ...second, etag: 'wrong' }],
      [first, { ...second, etag: '' }],
      [first, { part_number: 3, etag: second?.etag }],
      [first, first, second],
      [],
    ];
    for (const sent of wrong)
      expect(refusal(await upload.act('complete', { upload_id: begun.id, parts: sent }))).toEqual(invalid);
    expect((await upload.act('complete', { upload_id: begun.id, parts })).status).toBe(200);
  });

  it('is gone once it is aborted', async () => {
    const upload = new Upload(mine, root);
    const { begun, parts } = await upload.beginAndSend();
    expect((await upload.act('abort', { upload_id: begun.id })).json).toEqual({});
    for (const act of ['abort', 'complete'])
      expect(refusal(await upload.act(act, { upload_id: begun.id, parts }))).toEqual(notFound);
    const late = await fetch(begun.urls[0] ?? '', { method: 'PUT', body: 'late' });
    expect(late.status).toBe(404);
    expect(await open()).toBe(0);
  });

  it('is of one project, one path and one kind', async () => {
    const upload = new Upload(mine, root);
    const { begun, parts } = await upload.beginAndSend();
    const theirs = await scene.server.project();
    const other = await theirs.run();
    const fields = { upload_id: begun.id, parts };
    for (const act of ['complete', 'abort']) {
      expect(refusal(await new Upload(theirs, other.root, upload.name).act(act, fields))).toEqual(notFound);
      expect(refusal(await new Upload(theirs, root, upload.name).act(act, fields))).toEqual(notFound);
      expect(refusal(await new Upload(mine, root, 'another').act(act, fields))).toEqual(notFound);
      expect(refusal(await upload.act(act, { ...fields, upload_id: 'x' }))).toEqual(notFound);
      expect(refusal(await upload.act(act, fields, mine.reader))).toEqual([403, 'PERMISSION_DENIED']);
    }
    expect((await upload.act('complete', fields)).status).toBe(200);
  });

  it('ends when it expires', async () => {
    const upload = new Upload(mine, root);
    const { begun, parts } = await upload.beginAndSend();
    const expire =
      "UPDATE assay.uploads SET expires_at = now() - interval '1 second' WHERE project_id = $1 AND upload_id = $2";
    await uploads(expire, [mine.id, begun.id]);
    expect(refusal(await upload.act('complete', { upload_id: begun.id, parts }))).toEqual(notFound);
    expect(new URL(begun.urls[0] ?? '').searchParams.get('X-Amz-Expires')).toBe('3600');
  });

  it.each([0, -1, 10_001])('of %d parts is refused', async (parts) => {
    const answer = await new Upload(mine, root).act('create', { num_parts: parts });
    expect(refusal(answer)).toEqual(invalid);
    expect(answer.json['message']).toContain('10000');
  });

  it('that must be larger than an artifact may be is refused at once, and one that is so at its end', async () => {
    const upload = new Upload(mine, root);
    expect(refusal(await upload.act('create', { num_parts: 6 }))).toEqual([413, 'INVALID_PARAMETER_VALUE']);
    const begun = await upload.begin(5);
    const full = Array.from({ length: 4 }, () => Buffer.alloc(partBytes));
    const parts = await upload.send(begun, [...full, Buffer.from('x')]);
    const answer = await upload.act('complete', { upload_id: begun.id, parts });
    expect(refusal(answer)).toEqual([413, 'INVALID_PARAMETER_VALUE']);
    expect(answer.json['message']).toContain(String(maxBytes));
    expect(refusal(await upload.act('complete', { upload_id: begun.id, parts }))).toEqual(notFound);
    expect(refusal(await mine.artifact('GET', `${root}/${upload.name}`))).toEqual(notFound);
  });

  it.each(['..', 'a/../../b', '%2e%2e/x', 'a\\b/'])('is refused for the path %j', async (name) => {
    const path = `/api/2.0/mlflow-artifacts/mpu/create/${root}/${encodeURIComponent(name)}`;
    const body = JSON.stringify({ path: 'x', num_parts: 1 });
    const answer = await mine.mlflow('POST', path, { body, headers: { 'content-type': 'application/json' } });
    expect(refusal(answer)).toEqual(invalid);
  });

  it('is refused for what is no file of a live run', async () => {
    const { root: gone, id } = await mine.run();
    await mine.mlflow('POST', '/api/2.0/mlflow/runs/delete', {
      body: JSON.stringify({ run_id: id }),
      headers: { 'content-type': 'application/json' },
    });
    expect(refusal(await new Upload(mine, gone).act('create', { num_parts: 1 }))).toEqual(invalid);
    expect(refusal(await new Upload(mine, `0/${'f'.repeat(32)}/artifacts`).act('create', { num_parts: 1 }))).toEqual(
      notFound,
    );
    expect(refusal(await new Upload(mine, '0').act('create', { num_parts: 1 }))).toEqual(invalid);
    expect(refusal(await new Upload(mine, root, '').act('create', { num_parts: 1 }))).toEqual(invalid);
    expect(refusal(await new Upload(mine, root).act('create', { num_parts: 'many' }))).toEqual(invalid);
    expect(refusal(await new Upload(mine, root).act('create', { num_parts: 1 }, mine.reader))).toEqual([
      403,
      'PERMISSION_DENIED',
    ]);
    await scene.store.write(`projects/${mine.id}/${root}/file`, Readable.from([Buffer.from('x')]));
    expect(refusal(await new Upload(mine, `${root}/file`).act('create', { num_parts: 1 }))).toEqual([
      409,
      'RESOURCE_CONFLICT',
    ]);
  });
});
