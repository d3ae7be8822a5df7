import { mkdtemp, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileStore } from '../../src/artifacts';
import { startArtifactServer, type ArtifactProject, type ArtifactServer } from './server';

const maxBytes = 1_000_000;
const names = [
  'with space.txt',
  'plus+plus.txt',
  '100%.txt',
  'a%20b.txt',
  'hash#1.txt',
  'what?.txt',
  'Ærø 東京 😀.txt',
  'quote\'"s',
  'a&b=c;d,e',
];
/** Raw, as an attacker would type them behind the root. */
const hostile = [
  '/../../../secret',
  '/a/../../b',
  '/..%2f..%2fsecret',
  '/%2e%2e/%2e%2e/secret',
  '/%252e%252e/%252e%252e/secret',
  '/%25252e%25252e%25252fsecret',
  '/a%5c..%5cb',
  '/..%5c..%5csecret',
  '/a%00b',
  '//etc/passwd',
  '/a//b',
  '/a/./b',
  '/%2fetc%2fpasswd',
  '/C:/x',
  '/a%0d%0ab',
  `/${'n'.repeat(256)}`,
  `/${'long/'.repeat(200)}x`,
];

describe.each(['express', 'fastify'] as const)('artifacts over HTTP on %s', (adapter) => {
  let folder: string;
  let server: ArtifactServer;
  let mine: ArtifactProject;
  let root: string;
  let runId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-artifacts-'));
    server = await startArtifactServer({ adapter, store: new FileStore(folder), maxBytes });
    mine = await server.project();
  });

  beforeEach(async () => {
    ({ root, id: runId } = await mine.run());
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function proxyList(path: string): Promise<unknown> {
    return (await mine.mlflow('GET', `/api/2.0/mlflow-artifacts/artifacts?path=${encodeURIComponent(path)}`)).json;
  }

  it.each(names)('keeps a file named %j through upload, lists, download and delete', async (name) => {
    const put = await mine.artifact('PUT', `${root}/dir/${name}`, {
      body: 'content',
      headers: { 'content-type': 'application/json' },
    });
    expect([put.status, put.body.toString()]).toEqual([200, '{}']);
    const got = await mine.artifact('GET', `${root}/dir/${name}`);
    expect([got.status, got.body.toString()]).toEqual([200, 'content']);
    const file = { path: name, is_dir: false, file_size: 7 };
    expect(await proxyList(`${root}/dir`)).toEqual({ files: [file] });
    expect(await proxyList(root)).toEqual({ files: [{ path: 'dir', is_dir: true }] });
    const listed = await mine.mlflow('GET', `/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=dir`);
    expect(listed.json).toEqual({ root_uri: `mlflow-artifacts:/${root}`, files: [{ ...file, path: `dir/${name}` }] });
    expect((await mine.artifact('DELETE', `${root}/dir/${name}`)).status).toBe(200);
    expect((await mine.artifact('GET', `${root}/dir/${name}`)).status).toBe(404);
    expect(await proxyList(root)).toEqual({});
  });

  it('serves every file so that no browser runs it', async () => {
    await mine.artifact('PUT', `${root}/page.html`, {
      body: '<script>alert(1)</script>',
      headers: { 'content-type': 'text/html' },
    });
    const { status, headers } = await mine.artifact('GET', `${root}/page.html`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '25',
      'content-disposition': 'attachment; filename="page.html"; filename*=UTF-8\'\'page.html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': 'sandbox',
      'accept-ranges': 'bytes',
    });
  });

  it('answers ranges, HEAD and what has not changed', async () => {
    await mine.artifact('PUT', `${root}/r.txt`, { body: '0123456789' });
    const part = await mine.artifact('GET', `${root}/r.txt`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.body.toString(), part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    const beyond = await mine.artifact('GET', `${root}/r.txt`, { headers: { range: 'bytes=10-' } });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
    const same = await mine.artifact('GET', `${root}/r.txt`, { headers: { 'if-none-match': part.headers.etag } });
    expect([same.status, same.body.length]).toEqual([304, 0]);
    const head = await mine.artifact('HEAD', `${root}/r.txt`);
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '10', 0]);
  });

  it('keeps empty files', async () => {
    expect((await mine.artifact('PUT', `${root}/empty`, { body: '' })).status).toBe(200);
    const got = await mine.artifact('GET', `${root}/empty`);
    expect([got.status, got.headers['content-length'], got.body.length]).toEqual([200, '0', 0]);
  });

  it.each(hostile)('refuses the path %j, whatever is done with it', async (path) => {
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const answer = await mine.mlflow(
        method,
        `/api/2.0/mlflow-artifacts/artifacts/${root}${path}`,
        method === 'PUT' ? { body: 'x' } : {},
      );
      expect([answer.status, answer.json['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    }
    const listed = await mine.mlflow(
      'GET',
      `/api/2.0/mlflow-artifacts/artifacts?path=${root}${path.replaceAll('#', '%23')}`,
    );
    expect([listed.status, listed.json['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(await proxyList(root)).toEqual({});
  });

  it('keeps nothing outside of the roots of candidates', async () => {
    for (const path of ['x', '0/x', `0/${'f'.repeat(32)}`, `${root}x/y`, root.replace('artifacts', 'elsewhere/x')]) {
      expect((await mine.artifact('PUT', path, { body: 'x' })).status).toBe(400);
    }
    expect((await mine.artifact('PUT', root, { body: 'x' })).status).toBe(400);
    for (const path of [`0/${'f'.repeat(32)}/artifacts/x`, root.replace(/^0/, '1') + '/x']) {
      const answer = await mine.artifact('PUT', path, { body: 'x' });
      expect([answer.status, answer.json['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    }
  });

  it("never shows one project's artifacts to another, not even at equal paths", async () => {
    const other = await server.project();
    await mine.artifact('PUT', `${root}/secret`, { body: 'mine' });
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await other.artifact(method, `${root}/secret`, method === 'PUT' ? { body: 'x' } : {})).status).toBe(404);
      expect((await mine.artifact(method, `${root}/secret`, { token: other.writer })).status).toBe(404);
    }
    const listed = await other.mlflow('GET', `/api/2.0/mlflow-artifacts/artifacts?path=${root}`);
    expect(listed.status).toBe(404);
    expect((await mine.artifact('GET', `${root}/secret`)).body.toString()).toBe('mine');
  });

  it('lets a reader read but not write', async () => {
    await mine.artifact('PUT', `${root}/a`, { body: 'x' });
    expect((await mine.artifact('GET', `${root}/a`, { token: mine.reader })).status).toBe(200);
    expect((await mine.artifact('PUT', `${root}/a`, { token: mine.reader, body: 'y' })).status).toBe(403);
    expect((await mine.artifact('DELETE', `${root}/a`, { token: mine.reader })).status).toBe(403);
    expect((await mine.artifact('GET', `${root}/a`)).body.toString()).toBe('x');
  });

  it('takes nothing for a deleted candidate, but shows what it has', async () => {
    await mine.artifact('PUT', `${root}/a`, { body: 'x' });
    const headers = { 'content-type': 'application/json' };
    await mine.mlflow('POST', '/api/2.0/mlflow/runs/delete', { body: JSON.stringify({ run_id: runId }), headers });
    for (const method of ['PUT', 'DELETE']) {
      const answer = await mine.artifact(method, `${root}/a`, method === 'PUT' ? { body: 'y' } : {});
      expect([answer.status, answer.json['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    }
    expect((await mine.artifact('GET', `${root}/a`)).body.toString()).toBe('x');
  });

  it('refuses what is too large, announced or not, and answers instead of hanging up', async () => {
    const announced = await mine.artifact('PUT', `${root}/big`, { body: Buffer.alloc(maxBytes + 1) });
    expect(announced.status).toBe(413);
    expect(announced.json['message']).toContain('1000000 bytes');
    const body = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(100_000)));
    const streamed = await mine.artifact('PUT', `${root}/big`, { body, headers: { 'transfer-encoding': 'chunked' } });
    expect(streamed.status).toBe(413);
    expect((await mine.artifact('PUT', `${root}/fits`, { body: Buffer.alloc(maxBytes) })).status).toBe(200);
    expect(await proxyList(root)).toEqual({ files: [{ path: 'fits', is_dir: false, file_size: maxBytes }] });
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const path = `/api/v4/projects/${mine.id}/ml/mlflow/api/2.0/mlflow-artifacts/artifacts/${root}/half`;
    const headers = { authorization: `Bearer ${mine.writer}`, 'content-length': '500000' };
    const request = http.request({ host: '127.0.0.1', port: server.port, method: 'PUT', path, headers });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(200_000));
    const uploads = () => readdir(join(folder, 'uploads'));
    await until(async () => (await uploads()).length === 1);
    expect(await proxyList(root)).toEqual({});
    request.destroy();
    await until(async () => (await uploads()).length === 0);
    expect(await proxyList(root)).toEqual({});
    expect((await mine.artifact('GET', `${root}/half`)).status).toBe(404);
  });

  it('says that a folder is no file, and lists nothing below a file', async () => {
    await mine.artifact('PUT', `${root}/d/f`, { body: 'x' });
    const folderAsFile = await mine.artifact('GET', `${root}/d`);
    expect([folderAsFile.status, folderAsFile.json['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(await proxyList(`${root}/d/f`)).toEqual({});
    expect((await mine.artifact('PUT', `${root}/d`, { body: 'x' })).status).toBe(409);
    expect((await mine.artifact('PUT', `${root}/d/f/g`, { body: 'x' })).status).toBe(409);
  });

  it('deletes a folder with all below it, and repeats that without an error', async () => {
    for (const name of ['d/1', 'd/e/2', 'dd']) await mine.artifact('PUT', `${root}/${name}`, { body: 'x' });
    for (let time = 0; time < 2; time += 1) expect((await mine.artifact('DELETE', `${root}/d`)).status).toBe(200);
    expect(await proxyList(root)).toEqual({ files: [{ path: 'dd', is_dir: false, file_size: 1 }] });
    expect((await mine.artifact('DELETE', root)).status).toBe(200);
    expect(await proxyList(root)).toEqual({});
  });

  it('says where artifacts are when the experiment keeps them elsewhere', async () => {
    const body = JSON.stringify({ name: `foreign ${adapter}`, artifact_location: 's3://bucket/base/' });
    const headers = { 'content-type': 'application/json' };
    const created = await mine.mlflow('POST', '/api/2.0/mlflow/experiments/create', { body, headers });
    const run = await mine.run(created.json['experiment_id'] as string);
    expect(run.uri).toBe(`s3://bucket/base/${run.id}/artifacts`);
    const listed = await mine.mlflow('GET', `/api/2.0/mlflow/artifacts/list?run_id=${run.id}`);
    expect([listed.status, listed.json['error_code']]).toEqual([501, 'NOT_IMPLEMENTED']);
    expect(listed.json['message']).toContain(run.uri);
  });

  it('serves the native API and the download link of pages', async () => {
    await mine.artifact('PUT', `${root}/d/a b.txt`, { body: 'native' });
    const { json } = await mine.mlflow('GET', `/api/2.0/mlflow/runs/get?run_id=${runId}`);
    expect(json).toHaveProperty('run');
    const iid = await iidOf(mine, root);
    const listed = await mine.native('GET', `/candidates/${iid}/artifacts?path=d`);
    expect([listed.status, listed.json]).toEqual([
      200,
      { artifacts: [{ kind: 'file', name: 'a b.txt', path: 'd/a b.txt', size: 6 }] },
    ]);
    const raw = await mine.native('GET', `/candidates/${iid}/artifacts/raw/d/a%20b.txt`, { token: mine.reader });
    expect([raw.status, raw.body.toString()]).toEqual([200, 'native']);
    const link = await mine.mlflow('GET', `/get-artifact?run_uuid=${runId}&path=d/a%20b.txt`);
    expect([link.status, link.body.toString()]).toEqual([200, 'native']);
    for (const path of ['999999/artifacts', 'x/artifacts', '999999/artifacts/raw/a']) {
      expect((await mine.native('GET', `/candidates/${path}`)).status).toBe(404);
    }
    expect((await mine.native('GET', `/candidates/${iid}/artifacts/raw/..%2f..%2fx`)).status).toBe(400);
    const unknown = await mine.native('GET', `/candidates/${iid}/artifacts?folder=d`);
    expect([unknown.status, unknown.json['field']]).toEqual([400, 'folder']);
  });
});

describe('a host that does not call prepareHost', () => {
  it('gets an error instead of an artifact without its bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-artifacts-'));
    const server = await startArtifactServer({ adapter: 'express', store: new FileStore(folder), unprepared: true });
    try {
      const project = await server.project();
      const { root } = await project.run();
      const headers = { 'content-type': 'application/json' };
      const answer = await project.artifact('PUT', `${root}/a.json`, { body: '{"a": 1}', headers });
      expect([answer.status, answer.json['error_code']]).toEqual([500, 'INTERNAL_ERROR']);
      expect((await project.artifact('GET', `${root}/a.json`)).status).toBe(404);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** The candidates of a fresh project are numbered in their order; the one with this root is found by trying. */
async function iidOf(project: ArtifactProject, root: string): Promise<number> {
  const marker = `marker-${root.slice(2, 10)}`;
  await project.artifact('PUT', `${root}/${marker}`, { body: 'x' });
  for (let iid = 1; iid < 500; iid += 1) {
    const { json } = await project.native('GET', `/candidates/${iid}/artifacts`);
    const files = (json['artifacts'] ?? []) as { name: string }[];
    if (files.some(({ name }) => name === marker)) return iid;
  }
  throw new Error('The candidate has no iid');
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await done()) return;
    await sleep(25);
  }
  throw new Error('It did not come to that within five seconds');
}
