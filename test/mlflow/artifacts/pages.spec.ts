import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileStore } from '../../../src/artifacts';
import { startArtifactServer, type ArtifactProject, type ArtifactServer } from '../../artifacts/server';
import { post, refusal } from './scene';

const upload = '/ajax-api/2.0/mlflow/upload-artifact';
const limit = 10 * 1024 * 1024;

describe.each(['express', 'fastify'] as const)("what MLflow's own pages do with artifacts, on %s", (adapter) => {
  let folder: string;
  let server: ArtifactServer;
  let mine: ArtifactProject;
  let runId: string;
  let root: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-pages-'));
    server = await startArtifactServer({ adapter, store: new FileStore(folder) });
    mine = await server.project();
  });

  beforeEach(async () => {
    ({ id: runId, root } = await mine.run());
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['application/json', 'text/plain', 'application/octet-stream'])('uploads a file sent as %s', async (type) => {
    const query = `?run_uuid=${runId}&path=${encodeURIComponent('a folder/ø+1%.json')}`;
    const answer = await mine.mlflow('POST', upload + query, { body: '{"a":1}', headers: { 'content-type': type } });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, expect.stringContaining('application/json')]);
    expect((await mine.artifact('GET', `${root}/a folder/ø+1%.json`)).body.toString()).toBe('{"a":1}');
  });

  it.each([
    ['?path=a', 'x', 'Request must specify run_uuid.'],
    ['?run_uuid=$run', 'x', 'Request must specify path.'],
    ['?run_uuid=$run&path=a', '', 'Request must specify data.'],
    ['?run_uuid=$run&path=a', Buffer.alloc(limit + 1), 'Artifact size is too large. Max size is 10MB.'],
    ['?run_uuid=$run&path=../a', 'x', "Invalid path: it must not hold '.' or '..' segments"],
    ['?run_uuid=$run&path=/a', 'x', 'Invalid path: it must not hold empty segments'],
  ])('refuses to upload by %s', async (query, body, message) => {
    const answer = await mine.mlflow('POST', upload + query.replace('$run', runId), { body });
    expect([answer.status, answer.json]).toEqual([400, { error_code: 'INVALID_PARAMETER_VALUE', message }]);
  });

  it('takes the largest file, and refuses a larger one whose length nobody said', async () => {
    const path = `${upload}?run_uuid=${runId}&path=large`;
    expect((await mine.mlflow('POST', path, { body: Buffer.alloc(limit) })).status).toBe(200);
    const body = Readable.from([Buffer.alloc(limit), Buffer.alloc(1)]);
    const answer = await mine.mlflow('POST', path, { body, headers: { 'transfer-encoding': 'chunked' } });
    expect([answer.status, answer.json['message']]).toEqual([400, 'Artifact size is too large. Max size is 10MB.']);
  });

  it('uploads to no unknown run, and not for readers', async () => {
    const unknown = await mine.mlflow('POST', `${upload}?run_uuid=${'f'.repeat(32)}&path=a`, { body: 'x' });
    expect(refusal(unknown)).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    const asReader = { body: 'x', token: mine.reader };
    const reader = await mine.mlflow('POST', `${upload}?run_uuid=${runId}&path=a`, asReader);
    expect(refusal(reader)).toEqual([403, 'PERMISSION_DENIED']);
    const api = await mine.mlflow('POST', `/api/2.0/mlflow/upload-artifact?run_uuid=${runId}&path=a`, { body: 'x' });
    expect(refusal(api)).toEqual([404, 'ENDPOINT_NOT_FOUND']);
  });

  it('downloads by run_id or run_uuid', async () => {
    await mine.artifact('PUT', `${root}/d/a b.txt`, { body: 'x' });
    for (const name of ['run_id', 'run_uuid']) {
      const answer = await mine.mlflow('GET', `/get-artifact?${name}=${runId}&path=d%2Fa%20b.txt`);
      expect([answer.status, answer.body.toString()]).toEqual([200, 'x']);
      expect(answer.headers['content-disposition']).toMatch(/^attachment; /);
    }
    for (const query of [`?run_id=${runId}`, '?path=a', `?run_id=${runId}&path=d`, `?run_id=${runId}&path=../a`])
      expect(refusal(await mine.mlflow('GET', `/get-artifact${query}`))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    const missing = await mine.mlflow('GET', `/get-artifact?run_id=${runId}&path=nothing`);
    expect(refusal(missing)).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });

  it('lists all of a folder at once, whatever page is asked for', async () => {
    for (const name of ['b', 'a/1', 'c']) await mine.artifact('PUT', `${root}/${name}`, { body: name });
    const list = (query: string) => mine.mlflow('GET', `/api/2.0/mlflow/artifacts/list?run_id=${runId}${query}`);
    const files = [
      { path: 'a', is_dir: true },
      { path: 'b', is_dir: false, file_size: 1 },
      { path: 'c', is_dir: false, file_size: 1 },
    ];
    for (const query of ['', '&path=', '&page_token=any'])
      expect((await list(query)).json).toEqual({ root_uri: `mlflow-artifacts:/${root}`, files });
    expect((await list('&path=a/')).json['files']).toEqual([{ path: 'a/1', is_dir: false, file_size: 3 }]);
    for (const query of ['&path=b', '&path=nothing'])
      expect((await list(query)).json).toEqual({ root_uri: `mlflow-artifacts:/${root}` });
    expect(refusal(await list('&path=../x'))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  it('lists and downloads the files of a logged model', async () => {
    const { json } = await post(mine, '/api/2.0/mlflow/logged-models', { experiment_id: '0', name: 'm' });
    const { info } = json['model'] as { info: { model_id: string; artifact_uri: string } };
    const modelRoot = info.artifact_uri.replace('mlflow-artifacts:/', '');
    for (const name of ['MLmodel', 'data/a b.txt']) await mine.artifact('PUT', `${modelRoot}/${name}`, { body: name });
    const base = `/ajax-api/2.0/mlflow/logged-models/${info.model_id}/artifacts`;
    const list = async (query: string) => (await mine.mlflow('GET', `${base}/directories${query}`)).json;
    const files = [
      { path: 'MLmodel', is_dir: false, file_size: 7 },
      { path: 'data', is_dir: true },
    ];
    expect(await list('')).toEqual({ root_uri: info.artifact_uri, files });
    expect((await list('?artifact_directory_path=data'))['files']).toEqual([
      { path: 'data/a b.txt', is_dir: false, file_size: 12 },
    ]);
    const file = await mine.mlflow('GET', `${base}/files?artifact_file_path=data%2Fa%20b.txt`);
    expect([file.status, file.body.toString()]).toEqual([200, 'data/a b.txt']);
    const unnamed = await mine.mlflow('GET', `${base}/files`);
    expect([unnamed.status, unnamed.json['message']]).toEqual([
      400,
      'Request must include the "artifact_file_path" query parameter.',
    ]);
    for (const path of ['../x', '/etc/passwd'])
      expect((await mine.mlflow('GET', `${base}/files?artifact_file_path=${path}`)).status).toBe(400);
  });
});
