import { describePart } from '../../support/parts';
import type { ArtifactProject } from '../../artifacts/server';
import { post, refusal, startDirectScene, type DirectScene } from './scene';

const notFound = [404, 'RESOURCE_DOES_NOT_EXIST'];
const invalid = [400, 'INVALID_PARAMETER_VALUE'];
const upload = '/api/2.0/mlflow/artifacts/presigned-upload-url';
const download = '/api/2.0/mlflow/artifacts/presigned-download-url';

describePart('versitygw', 'presigned addresses', () => {
  let scene: DirectScene;
  let mine: ArtifactProject;
  let root: string;
  let runId: string;

  beforeAll(async () => {
    scene = await startDirectScene();
    mine = await scene.server.project();
  });

  beforeEach(async () => {
    ({ root, id: runId } = await mine.run());
  });

  afterAll(() => scene.close());

  it('are what the server says of itself', async () => {
    const { json } = await mine.mlflow('GET', '/api/3.0/mlflow/server-info');
    expect(json).toMatchObject({
      multipart_uploads_enabled: true,
      multipart_downloads_enabled: true,
      presigned_upload_run_id_supported: true,
      presigned_upload_model_id_supported: true,
    });
  });

  it('give a file of the proxy, as an attachment under its name', async () => {
    const name = 'Ærø (1).html';
    await mine.artifact('PUT', `${root}/a/${name}`, { body: '<script>' });
    const { status, json } = await mine.mlflow(
      'GET',
      `/api/2.0/mlflow-artifacts/presigned/${root}/a/${encodeURIComponent(name)}`,
      { token: mine.reader },
    );
    expect([status, json['headers'], json['file_size']]).toEqual([200, {}, 8]);
    const url = new URL(json['url'] as string);
    expect([url.origin, url.searchParams.get('X-Amz-Expires')]).toEqual([scene.s3.endpoint, '300']);
    const answer = await fetch(url);
    expect(await answer.text()).toBe('<script>');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('give no file that is not there, is a folder, or is of others', async () => {
    await mine.artifact('PUT', `${root}/dir/file`, { body: 'x' });
    const ask = (project: ArtifactProject, path: string) =>
      project.mlflow('GET', `/api/2.0/mlflow-artifacts/presigned/${path}`);
    expect(refusal(await ask(mine, `${root}/nothing`))).toEqual(notFound);
    expect(refusal(await ask(mine, `${root}/dir`))).toEqual(invalid);
    expect(refusal(await ask(mine, `${root}/..%2f..%2fx`))).toEqual(invalid);
    expect(refusal(await ask(await scene.server.project(), `${root}/dir/file`))).toEqual(notFound);
  });

  it('take and give the file of a run', async () => {
    const { status, json } = await post(mine, upload, { run_id: runId, path: 'models/model.csv' });
    expect([status, json['headers']]).toEqual([200, { 'Content-Type': 'text/plain; charset=utf-8' }]);
    const url = new URL(json['presigned_url'] as string);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
    const headers = json['headers'] as Record<string, string>;
    expect((await fetch(url, { method: 'PUT', body: 'content', headers })).status).toBe(200);
    expect((await mine.artifact('GET', `${root}/models/model.csv`)).body.toString()).toBe('content');
    const given = await post(
      mine,
      download,
      { run_id: runId, path: 'models/model.csv', expiration: '60' },
      mine.reader,
    );
    expect([given.status, given.json['file_size']]).toEqual([200, 7]);
    const address = new URL(given.json['presigned_url'] as string);
    expect(address.searchParams.get('X-Amz-Expires')).toBe('60');
    expect(await (await fetch(address)).text()).toBe('content');
  });

  it('take the file of a logged model', async () => {
    const { json } = await post(mine, '/api/2.0/mlflow/logged-models', { experiment_id: '0', name: 'm' });
    const { info } = json['model'] as { info: { model_id: string; artifact_uri: string } };
    const { json: asked } = await post(mine, upload, { model_id: info.model_id, path: 'MLmodel' });
    expect((await fetch(asked['presigned_url'] as string, { method: 'PUT', body: 'm' })).status).toBe(200);
    const path = `${info.artifact_uri.replace('mlflow-artifacts:/', '')}/MLmodel`;
    expect((await mine.artifact('GET', path)).body.toString()).toBe('m');
  });

  it.each([
    [upload, {}],
    [upload, { path: 'a' }],
    [upload, { path: 'a', model_id: 'm', both: true }],
    [upload, { path: '../a', run: true }],
    [upload, { path: 'a', run: true, expiration: 0 }],
    [upload, { path: 'a', run: true, expiration: 3_601 }],
    [download, { run: true }],
    [download, { path: 'a' }],
    [download, { path: 'a', run: true, expiration: -1 }],
  ])('of %s are refused for %j', async (address, { run, both, ...fields }: Record<string, unknown>) => {
    const body = run === true || both === true ? { ...fields, run_id: runId } : fields;
    expect(refusal(await post(mine, address, body))).toEqual(invalid);
  });

  it('are refused for unknown runs and models, and for sending by readers', async () => {
    const stranger = 'f'.repeat(32);
    expect(refusal(await post(mine, upload, { run_id: stranger, path: 'a' }))).toEqual(notFound);
    expect(refusal(await post(mine, upload, { model_id: `m-${stranger}`, path: 'a' }))).toEqual(notFound);
    expect(refusal(await post(mine, download, { run_id: stranger, path: 'a' }))).toEqual(notFound);
    expect(refusal(await post(mine, download, { run_id: runId, path: 'a' }))).toEqual(notFound);
    const reader = await post(mine, upload, { run_id: runId, path: 'a' }, mine.reader);
    expect(refusal(reader)).toEqual([403, 'PERMISSION_DENIED']);
  });

  it('are none for artifacts that are kept elsewhere', async () => {
    const { json } = await post(mine, '/api/2.0/mlflow/experiments/create', {
      name: `away-${runId}`,
      artifact_location: 's3://elsewhere/x',
    });
    const { id } = await mine.run(json['experiment_id'] as string);
    expect(refusal(await post(mine, upload, { run_id: id, path: 'a' }))).toEqual([501, 'NOT_IMPLEMENTED']);
    expect(refusal(await mine.mlflow('GET', `/get-artifact?run_id=${id}&path=a`))).toEqual([501, 'NOT_IMPLEMENTED']);
  });
});
