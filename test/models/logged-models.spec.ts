import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '../../src/artifacts';
import { startArtifactServer, type Answer, type ArtifactProject, type ArtifactServer } from '../artifacts/server';

interface WireModel {
  readonly info: Record<string, unknown> & { readonly model_id: string; readonly artifact_uri: string };
  readonly data: Record<string, unknown>;
}

const invalid = [400, 'INVALID_PARAMETER_VALUE'];
const missing = [404, 'RESOURCE_DOES_NOT_EXIST'];

function outcome({ status, json }: Answer): unknown[] {
  return [status, json['error_code']];
}

describe('logged models on the wire', () => {
  let folder: string;
  let server: ArtifactServer;
  let mine: ArtifactProject;
  let run: { id: string };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-models-'));
    server = await startArtifactServer({ store: new FileStore(folder) });
  });

  beforeEach(async () => {
    mine = await server.project();
    run = await mine.run();
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  function call(method: string, path: string, body?: object, project = mine): Promise<Answer> {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const given = body === undefined ? { headers } : { headers, body: JSON.stringify(body) };
    return project.mlflow(method, `/api/2.0/mlflow/logged-models${path}`, given);
  }

  async function create(fields: object = {}): Promise<WireModel> {
    const answer = await call('POST', '', { experiment_id: '0', ...fields });
    if (answer.status !== 200) throw new Error(answer.body.toString());
    return answer.json['model'] as WireModel;
  }

  async function found(search: object): Promise<string[]> {
    const answer = await call('POST', '/search', { experiment_ids: ['0'], ...search });
    if (answer.status !== 200) throw new Error(answer.body.toString());
    return ((answer.json['models'] ?? []) as WireModel[]).map(({ info }) => String(info['name']));
  }

  it('are made pending, then final, and come back whole', async () => {
    const model = await create({
      name: 'model',
      source_run_id: run.id,
      model_type: 'sklearn',
      params: [{ key: 'depth', value: '3' }],
      tags: [{ key: 'team', value: 'a' }],
    });
    const id = model.info.model_id;
    expect(id).toMatch(/^m-[0-9a-f]{32}$/);
    expect(model).toEqual({
      info: {
        model_id: id,
        experiment_id: '0',
        name: 'model',
        artifact_uri: `mlflow-artifacts:/0/models/${id}/artifacts`,
        creation_timestamp_ms: expect.any(Number) as number,
        last_updated_timestamp_ms: expect.any(Number) as number,
        status: 'LOGGED_MODEL_PENDING',
        model_type: 'sklearn',
        source_run_id: run.id,
        tags: [{ key: 'team', value: 'a' }],
      },
      data: { params: [{ key: 'depth', value: '3' }] },
    });
    const done = await call('PATCH', `/${id}`, { model_id: id, status: 'LOGGED_MODEL_READY' });
    expect((done.json['model'] as WireModel).info['status']).toBe('LOGGED_MODEL_READY');
    const got = (await call('GET', `/${id}`)).json['model'] as WireModel;
    expect(got.info).toMatchObject({ status: 'LOGGED_MODEL_READY', name: 'model' });
  });

  it('get a readable name when they come without one', async () => {
    const { info } = await create();
    expect(info['name']).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    expect(info).not.toHaveProperty('source_run_id');
  });

  it('have tags that change and go, and params that stay', async () => {
    const { model_id: id } = (await create({ params: [{ key: 'a', value: '1' }] })).info;
    const tags = [
      { key: 'x', value: '1' },
      { key: 'x', value: '2' },
      { key: 'y', value: '' },
    ];
    expect((await call('PATCH', `/${id}/tags`, { tags })).status).toBe(200);
    expect((await call('DELETE', `/${id}/tags/y`)).status).toBe(200);
    expect(outcome(await call('DELETE', `/${id}/tags/y`))).toEqual(missing);
    const params = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    expect((await call('POST', `/${id}/params`, { model_id: id, params })).status).toBe(200);
    expect(outcome(await call('POST', `/${id}/params`, { params: [{ key: 'a', value: '9' }] }))).toEqual(invalid);
    const got = (await call('GET', `/${id}`)).json['model'] as WireModel;
    expect([got.info['tags'], got.data['params']]).toEqual([[{ key: 'x', value: '2' }], params]);
  });

  it('are deleted softly', async () => {
    const { model_id: id } = (await create({ name: 'gone' })).info;
    expect((await call('DELETE', `/${id}`, { model_id: id })).status).toBe(200);
    expect((await call('DELETE', `/${id}`)).status).toBe(200);
    expect(outcome(await call('GET', `/${id}`))).toEqual(missing);
    expect((await call('GET', `/${id}?allow_deleted=true`)).status).toBe(200);
    expect(await found({})).toEqual([]);
    const upload = await mine.artifact('PUT', `0/models/${id}/artifacts/x`, { body: 'x' });
    expect(outcome(upload)).toEqual(invalid);
  });

  it('keep their files below a root of their own', async () => {
    const { model_id: id, artifact_uri: uri } = (await create()).info;
    const root = uri.replace('mlflow-artifacts:/', '');
    expect((await mine.artifact('PUT', `${root}/sub/MLmodel`, { body: 'flavors: {}' })).status).toBe(200);
    expect((await mine.artifact('GET', `${root}/sub/MLmodel`)).body.toString()).toBe('flavors: {}');
    const listed = await call('GET', `/${id}/artifacts/directories?artifact_directory_path=sub`);
    expect(listed.json).toEqual({ root_uri: uri, files: [{ path: 'sub/MLmodel', is_dir: false, file_size: 11 }] });
    const file = await call('GET', `/${id}/artifacts/files?artifact_file_path=sub/MLmodel`);
    expect(file.body.toString()).toBe('flavors: {}');
    const elsewhere = await mine.artifact('PUT', `1/models/${id}/artifacts/x`, { body: 'x' });
    expect(outcome(elsewhere)).toEqual(missing);
    const up = await call('GET', `/${id}/artifacts/files?artifact_file_path=..%2f..%2fx`);
    expect(outcome(up)).toEqual(invalid);
  });

  it('are found as the client looks for them, by name and source run', async () => {
    await create({ name: 'model', source_run_id: run.id });
    await create({ name: 'other', source_run_id: run.id });
    await create({ name: 'model' });
    expect(await found({ filter: `name = 'model' AND source_run_id = '${run.id}'` })).toEqual(['model']);
    expect(await found({ filter: `source_run_id = '${run.id}'`, order_by: [{ field_name: 'name' }] })).toEqual([
      'model',
      'other',
    ]);
  });

  it('are found by attributes, params and tags', async () => {
    await create({ name: 'a', model_type: 'x', params: [{ key: 'p q', value: '1' }] });
    await create({ name: 'b', model_type: 'y', tags: [{ key: 't', value: 'v%' }] });
    for (const [filter, names] of [
      ["model_type = 'x'", ['a']],
      ["attributes.model_type IN ('x', 'y')", ['b', 'a']],
      ["name ILIKE 'A'", ['a']],
      ["params.`p q` = '1'", ['a']],
      ["tags.t LIKE 'v\\%'", []],
      ["tags.t LIKE 'v%'", ['b']],
      ["tags.t != 'z'", ['b']],
      ['tags.t IS NULL', ['a']],
      ["status = 'PENDING'", ['b', 'a']],
      ["status = 'READY'", []],
      ['creation_time > 0 AND last_updated_timestamp < 99999999999999', ['b', 'a']],
      ['metrics.acc > 0', []],
      ["name = 'a' OR name = 'b'", ['b', 'a']],
      ["NOT model_type = 'x'", ['b']],
      ["NOT (params.`p q` = '1' OR metrics.acc > 0) AND name != 'c'", ['b']],
    ] as const) {
      expect([filter, await found({ filter })]).toEqual([filter, names]);
    }
    for (const filter of ['nonsense', "flavour = 'x'", 'name > 3', "name = 'a' OR", "(name = 'a'"]) {
      const answer = await call('POST', '/search', { experiment_ids: ['0'], filter });
      expect([filter, ...outcome(answer)]).toEqual([filter, ...invalid]);
    }
  });

  it('come in pages and in the order asked for, whatever they lack last', async () => {
    for (const [name, value] of [
      ['a', '2'],
      ['b', undefined],
      ['c', '1'],
      ['d', '3'],
    ] as const) {
      await create({ name, ...(value === undefined ? {} : { model_type: value }) });
    }
    expect(await found({})).toEqual(['d', 'c', 'b', 'a']);
    expect(await found({ order_by: [{ field_name: 'model_type' }] })).toEqual(['c', 'a', 'd', 'b']);
    expect(await found({ order_by: [{ field_name: 'model_type', ascending: false }] })).toEqual(['d', 'a', 'c', 'b']);
    for (const field_name of ['params.p/1', 'tags.t', 'nonsense']) {
      const answer = await call('POST', '/search', { experiment_ids: ['0'], order_by: [{ field_name }] });
      expect([field_name, ...outcome(answer)]).toEqual([field_name, ...invalid]);
    }
    const names: string[] = [];
    let token: unknown;
    do {
      const search = { experiment_ids: ['0'], max_results: 3, order_by: [{ field_name: 'name' }] };
      const { json } = await call('POST', '/search', token === undefined ? search : { ...search, page_token: token });
      names.push(...((json['models'] ?? []) as WireModel[]).map(({ info }) => String(info['name'])));
      token = json['next_page_token'];
    } while (token !== undefined);
    expect(names).toEqual(['a', 'b', 'c', 'd']);
    const page = (await call('POST', '/search', { experiment_ids: ['0'], max_results: 1 })).json['next_page_token'];
    const other = await call('POST', '/search', { experiment_ids: ['0'], filter: "name = 'a'", page_token: page });
    expect(outcome(other)).toEqual(invalid);
    expect(await found({ experiment_ids: ['999'] })).toEqual([]);
  });

  it.each([
    ['a name with a slash', { name: 'a/b' }, invalid],
    ['a name with a quote', { name: "a'b" }, invalid],
    [
      'two values of a param',
      {
        params: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      invalid,
    ],
    ['a param that is too long', { params: [{ key: 'a', value: 'x'.repeat(6_001) }] }, invalid],
    ['an unknown experiment', { experiment_id: '77' }, missing],
    ['an unknown run', { source_run_id: 'f'.repeat(32) }, missing],
    ['no experiment', { experiment_id: '' }, invalid],
  ])('refuse %s', async (_, fields, refusal) => {
    expect(outcome(await call('POST', '', { experiment_id: '0', ...fields }))).toEqual(refusal);
    expect(await found({})).toEqual([]);
  });

  async function tracking(endpoint: string, body: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return mine.mlflow('POST', `/api/2.0/mlflow/${endpoint}`, { headers, body: JSON.stringify(body) });
  }

  it('belong to the runs that made and read them', async () => {
    const { model_id: id } = (await create({ name: 'made', source_run_id: run.id })).info;
    const models = [{ model_id: id, step: 4 }];
    for (let time = 0; time < 2; time += 1) {
      expect((await tracking('runs/outputs', { run_id: run.id, models })).status).toBe(200);
      expect((await tracking('runs/log-inputs', { run_id: run.id, models: [{ model_id: id }] })).status).toBe(200);
    }
    const got = (await mine.mlflow('GET', `/api/2.0/mlflow/runs/get?run_id=${run.id}`)).json['run'];
    expect(got).toMatchObject({ outputs: { model_outputs: models }, inputs: { model_inputs: [{ model_id: id }] } });
    const unknown = [{ model_id: `m-${'f'.repeat(32)}`, step: 0 }];
    expect(outcome(await tracking('runs/outputs', { run_id: run.id, models: unknown }))).toEqual(missing);
    expect(outcome(await tracking('runs/outputs', { run_id: 'f'.repeat(32), models }))).toEqual(missing);
    await tracking('runs/delete', { run_id: run.id });
    expect(outcome(await tracking('runs/outputs', { run_id: run.id, models }))).toEqual(invalid);
  });

  it('carry the metrics that were measured on them, by dataset', async () => {
    const [a, b] = [await create({ name: 'a' }), await create({ name: 'b' })];
    const point = (model: WireModel, value: number | string, step: number, dataset: string) => ({
      key: 'acc/val',
      value,
      step,
      timestamp: step,
      model_id: model.info.model_id,
      dataset_name: dataset,
      dataset_digest: 'd1',
    });
    const metrics = [
      point(a, 0.5, 1, 'train'),
      point(a, 0.9, 2, 'train'),
      point(b, 0.7, 1, 'test'),
      point(b, 'NaN', 2, 'test'),
    ];
    for (let time = 0; time < 2; time += 1) {
      expect((await tracking('runs/log-batch', { run_id: run.id, metrics })).status).toBe(200);
    }
    const got = (await call('GET', `/${b.info.model_id}`)).json['model'] as WireModel;
    const { model_id: id } = b.info;
    const common = { key: 'acc/val', model_id: id, run_id: run.id, dataset_name: 'test', dataset_digest: 'd1' };
    expect(got.data['metrics']).toEqual([
      { ...common, value: 0.7, step: 1, timestamp: 1 },
      { ...common, value: 'NaN', step: 2, timestamp: 2 },
    ]);
    expect(await found({ filter: 'metrics.`acc/val` > 0.6' })).toEqual(['b', 'a']);
    expect(await found({ filter: 'metrics.`acc/val` > 0.6', datasets: [{ dataset_name: 'train' }] })).toEqual(['a']);
    expect(await found({ datasets: [{ dataset_name: 'test', dataset_digest: 'other' }] })).toEqual([]);
    for (const ascending of [true, false]) {
      expect(await found({ order_by: [{ field_name: 'metrics.acc/val', ascending }] })).toEqual(['a', 'b']);
    }
    await create({ name: 'c' });
    for (const [dataset, names] of [
      [{ dataset_name: 'train' }, ['a', 'c', 'b']],
      [{ dataset_name: 'test', dataset_digest: 'd1' }, ['c', 'b', 'a']],
      [{ dataset_digest: 'd1' }, ['a', 'c', 'b']],
    ] as const) {
      expect(await found({ order_by: [{ field_name: 'metrics.acc/val', ...dataset }] })).toEqual(names);
    }
    expect(outcome(await call('POST', '/search', { experiment_ids: ['0'], datasets: [{}] }))).toEqual(invalid);
  });

  it('of one project are not there for another', async () => {
    const other = await server.project();
    const { model_id: id } = (await create({ name: 'secret' })).info;
    await mine.artifact('PUT', `0/models/${id}/artifacts/x`, { body: 'x' });
    const tries: [string, string, object?][] = [
      ['GET', `/${id}`],
      ['PATCH', `/${id}`, { status: 'LOGGED_MODEL_READY' }],
      ['DELETE', `/${id}`],
      ['PATCH', `/${id}/tags`, { tags: [{ key: 'a', value: 'b' }] }],
      ['DELETE', `/${id}/tags/a`],
      ['POST', `/${id}/params`, { params: [{ key: 'a', value: 'b' }] }],
      ['GET', `/${id}/artifacts/directories`],
      ['GET', `/${id}/artifacts/files?artifact_file_path=x`],
    ];
    for (const [method, path, body] of tries) {
      expect([method, path, ...outcome(await call(method, path, body, other))]).toEqual([method, path, ...missing]);
    }
    expect((await call('POST', '/search', { experiment_ids: ['0'] }, other)).json).toEqual({});
    expect((await other.artifact('GET', `0/models/${id}/artifacts/x`)).status).toBe(404);
    const stolen = await call('POST', '', { experiment_id: '0', source_run_id: run.id }, other);
    expect(outcome(stolen)).toEqual(missing);
  });

  it('are read but not written with a reader’s token', async () => {
    const { model_id: id } = (await create()).info;
    const path = `/api/2.0/mlflow/logged-models/${id}`;
    expect((await mine.mlflow('GET', path, { token: mine.reader })).status).toBe(200);
    expect((await mine.mlflow('DELETE', path, { token: mine.reader })).status).toBe(403);
  });
});
