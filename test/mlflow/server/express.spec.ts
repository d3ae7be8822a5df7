import { startTestServer, type TestServer, type Tracking } from '../support';

describe('The protocol on a host that runs on Express', () => {
  let server: TestServer;
  let mine: Tracking;
  beforeAll(async () => {
    server = await startTestServer('express');
    mine = await server.project();
  });
  afterAll(() => server.close());

  it('creates with status 200, writes and reads back', async () => {
    const answer = await mine.post('experiments/create', { name: 'on-express' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('application/json'),
    ]);
    const experiment_id = answer.body['experiment_id'] as string;
    const run_id = await mine.createRun({ experiment_id });
    const metrics = [{ key: 'm', value: 'NaN', timestamp: 1, step: 2 }];
    expect((await mine.post('runs/log-batch', { run_id, metrics })).status).toBe(200);
    const found = await mine.post('runs/search', {
      experiment_ids: [experiment_id],
      filter: 'attributes.run_name != ""',
    });
    expect(found.body['runs']).toEqual([await mine.run(run_id)]);
  });

  it('reads repeated keys of a query', async () => {
    for (const name of ['x-1', 'x-2']) await mine.createExperiment(name);
    const query = { max_results: '5', filter: "name LIKE 'x-%'", order_by: ['name DESC', 'experiment_id'] };
    const { body } = await mine.get('experiments/search', query);
    expect((body['experiments'] as { name: string }[]).map(({ name }) => name)).toEqual(['x-2', 'x-1']);
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('answers an unknown address in JSON to %s', async (method) => {
    const answer = await mine.call(method, 'api/2.0/mlflow/no/such', method === 'GET' ? undefined : { a: 1 });
    expect([answer.status, answer.body['error_code']]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
    expect((await mine.call(method, '')).body['error_code']).toBe('ENDPOINT_NOT_FOUND');
  });

  it('answers a refused body and a missing right in JSON', async () => {
    const large = await mine.post('experiments/create', { name: 'x'.repeat(1_100_000) });
    expect([large.status, large.body['error_code']]).toEqual([413, 'INVALID_PARAMETER_VALUE']);
    const reader = await mine.post('experiments/create', { name: 'x' }, { token: mine.project.reader });
    expect([reader.status, reader.body['error_code']]).toEqual([403, 'PERMISSION_DENIED']);
  });

  it('answers version and health as plain text', async () => {
    const version = await mine.call('GET', 'version');
    expect([version.status, version.text, version.headers.get('content-type')]).toEqual([
      200,
      '3.17.2',
      'text/plain; charset=utf-8',
    ]);
    expect((await mine.call('GET', 'health')).text).toBe('OK');
  });
});
