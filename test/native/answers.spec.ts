import { LocalForgeAdmin } from '../../src/forge';
import { until } from '../support/until';
import { SchemaChecker, type Schema, type SchemaHolder } from './schema';
import { operatorToken, startNativeWorld, type Answer, type NativeWorld } from './world';

interface Document extends SchemaHolder {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>
  >;
}

const prefix = '/api/v4/projects/{project}/ml';

/** Each GET route with addresses that have an answer; the values of parameters are filled in below. */
const asked: readonly (readonly [route: string, ...addresses: string[]])[] = [
  [prefix, ''],
  [`${prefix}/tokens`, 'tokens'],
  [`${prefix}/experiments`, 'experiments', 'experiments?view=all&max_results=1'],
  [`${prefix}/experiments/{iid}`, 'experiments/0', 'experiments/1'],
  [
    `${prefix}/candidates`,
    'candidates',
    'candidates?max_results=1',
    'candidates?fields=iid',
    'candidates?view=all&fields=name,deleted_at,metrics.loss,params,tags.a/b,inputs',
  ],
  [`${prefix}/candidates/{iid}`, 'candidates/1', 'candidates/1?fields=eid,metrics', 'candidates/2'],
  [`${prefix}/candidates/{iid}/inputs`, 'candidates/1/inputs', 'candidates/2/inputs'],
  [`${prefix}/candidates/{iid}/metrics`, 'candidates/1/metrics', 'candidates/1/metrics?max_results=1'],
  [
    `${prefix}/candidates/{iid}/metrics/history`,
    'candidates/1/metrics/history?name=loss',
    'candidates/1/metrics/history?name=loss&max_results=1',
    'candidates/1/metrics/history?name=none',
  ],
  [`${prefix}/metrics/history`, 'metrics/history?name=loss&candidate=1&candidate=2&max_points=2'],
  [`${prefix}/keys`, 'keys', 'keys?max_results=1', 'keys?experiment=0&kind=dataset'],
  [`${prefix}/candidates/{iid}/artifacts`, 'candidates/1/artifacts', 'candidates/1/artifacts?path=plots'],
  [`${prefix}/merge_requests/{iid}`, 'merge_requests/1'],
  [`${prefix}/storage`, 'storage'],
  [`${prefix}/storage/limit`, 'storage/limit'],
  ['/api/v4/usage_data/ml', '/api/v4/usage_data/ml'],
];

/** Their answers are no JSON, are the document itself, or are compared where they are made. */
const elsewhere = [
  `${prefix}/candidates/{iid}/artifacts/raw/{path}`,
  `${prefix}/candidates/export`,
  `${prefix}/metrics/export`,
  `${prefix}/merge_requests/{iid}/report.md`,
  `${prefix}/merge_requests/{iid}/report.svg`,
  '/api/openapi.json',
];

async function fill(world: NativeWorld): Promise<void> {
  const good = async (method: string, path: string, body: unknown, raw?: string): Promise<void> => {
    const answer = await world.call(method, path, raw === undefined ? { body } : { raw });
    expect([path, Math.floor(answer.status / 100), answer.text.slice(0, answer.status < 300 ? 0 : 500)]).toEqual([
      path,
      2,
      '',
    ]);
  };
  await good('POST', 'experiments', { name: 'second', tags: [{ name: 'a', value: 'b' }], artifact_location: 's3://x' });
  await good('POST', 'experiments', { name: 'third' });
  await good('DELETE', 'experiments/2', undefined);
  for (const name of ['one', 'two', 'three']) {
    await good('POST', 'candidates', {
      experiment: 0,
      name,
      source: { commit: 'ab'.repeat(20), branch: 'topic', merge_request: 1 },
    });
  }
  const metrics = ['NaN', 0.5, 'Infinity', 3].map((value, step) => ({ name: 'loss', value, step, tracked_at: 5 }));
  await good('POST', 'candidates/1/log', {
    metrics: [...metrics, { name: 'only/nan', value: 'NaN', tracked_at: 1 }],
    params: [{ name: 'lr', value: '0.1' }],
    tags: [{ name: 'a/b', value: 'c' }],
  });
  const dataset = { name: 'penguins', digest: 'd1', source_type: 'local', source: '{}', schema: '[]' };
  await good('POST', 'candidates/1/inputs', { datasets: [{ dataset, tags: [{ name: 'context', value: 'train' }] }] });
  await good('PATCH', 'candidates/1', { status: 'finished', ended_at: 9 });
  await good('DELETE', 'candidates/3', undefined);
  await good('PUT', 'candidates/1/artifacts/raw/plots/curve.txt', undefined, 'content');
}

/** With a best candidate and a baseline, so that the report has all its parts. */
async function report(world: NativeWorld): Promise<void> {
  const token = world.tokens.maintainer;
  const settings = { primary_metric: { name: 'loss', direction: 'maximize' } };
  await world.call('PATCH', 'settings', { token, body: settings });
  await world.call('POST', 'candidates', { body: { experiment: 0, name: 'base', source: { branch: 'main' } } });
  await world.call('POST', 'candidates/4/log', { body: { metrics: [{ name: 'loss', value: 1, tracked_at: 1 }] } });
  await world.call('PATCH', 'candidates/4', { body: { status: 'finished' } });
  await until('the report has its best candidate and its baseline', 20_000, async () => {
    const { body } = await world.call('GET', 'merge_requests/1');
    return body['best'] && body['baseline'] ? true : undefined;
  });
}

async function addMergeRequest(world: NativeWorld): Promise<void> {
  const admin = world.app.get(LocalForgeAdmin);
  await admin.pushCommit({ id: world.project }, 'topic', { sha: 'ab'.repeat(20) });
  await admin.createMergeRequest({ id: world.project }, { title: 'Wider', source: 'topic' });
}

describe.each(['fastify', 'express'] as const)('the answers of the native API on %s', (adapter) => {
  let world: NativeWorld;
  let document: Document;

  beforeAll(async () => {
    world = await startNativeWorld(adapter);
    await addMergeRequest(world);
    await fill(world);
    await report(world);
    document = (await world.call('GET', '/api/openapi.json', { token: null })).body as unknown as Document;
  });
  afterAll(async () => {
    await world.close();
  });

  async function ask(path: string): Promise<Answer> {
    const answer = await world.call('GET', path, { token: world.tokens.maintainer });
    return answer.status === 403 ? world.call('GET', path, { token: operatorToken }) : answer;
  }

  it('are all compared with the document', () => {
    const reads = Object.entries(document.paths).flatMap(([path, item]) => ('get' in item ? [path] : []));
    const compared = asked.map(([route]) => route);
    expect(reads.filter((path) => ![...compared, ...elsewhere].includes(path))).toEqual([]);
    expect([...compared, ...elsewhere].filter((path) => !reads.includes(path))).toEqual([]);
  });

  it.each(asked)('GET %s has the shape that the document says', async (route, ...addresses) => {
    const checker = new SchemaChecker(document);
    const schema = document.paths[route]?.['get']?.responses['200']?.content?.['application/json']?.schema;
    if (schema === undefined) throw new Error(`The document has no answer of ${route}`);
    for (const address of addresses) {
      const path = address === '' ? `/api/v4/projects/${world.project}/ml` : address;
      const { status, body, text } = await ask(path);
      expect([address, status, status === 200 ? '' : text]).toEqual([address, 200, '']);
      expect([address, checker.errors(body, schema)]).toEqual([address, []]);
    }
  });

  it.each([
    ['candidates/99', 404],
    ['candidates?fields=nothing', 400],
    ['candidates/1/metrics/history', 400],
    ['experiments/x', 404],
    ['keys?kind=other', 400],
  ])('GET %s is refused in the shape that the document says', async (path, status) => {
    const checker = new SchemaChecker(document);
    const answer = await world.call('GET', path);
    expect(answer.status).toBe(status);
    expect(checker.errors(answer.body, { $ref: '#/components/schemas/ErrorAnswer' })).toEqual([]);
  });
});
