import { startAssay, type AssayServer } from '../../support/assay';

const many = 24;

/** Two processes take connections in turn; a connection that is kept would stay with one of them. */
describe('over two processes', () => {
  let server: AssayServer;
  let token: string;
  let path: string;

  beforeAll(async () => {
    server = await startAssay({ env: { ASSAY_WORKERS: '2' } });
    const project = await server.createProject('team/processes');
    ({ token } = project);
    path = `${new URL(project.tracking_uri).pathname}/api/2.0/mlflow`;
  });

  afterAll(() => server.stop());

  async function post(endpoint: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const options = { token, body, headers: { connection: 'close' } };
    const { status, json } = await server.call('POST', `${path}/${endpoint}`, options);
    return { status, body: json() as Record<string, unknown> };
  }

  it('one of many creations of one experiment name wins, and the others are told that it exists', async () => {
    for (const name of ['first', 'second', 'third']) {
      const answers = await Promise.all(Array.from({ length: many }, () => post('experiments/create', { name })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const lost = answers.filter(({ status }) => status !== 200);
      expect(new Set(lost.map(({ status, body }) => `${status} ${String(body['error_code'])}`))).toEqual(
        new Set(['400 RESOURCE_ALREADY_EXISTS']),
      );
    }
  });

  it('no model of a run’s history is lost', async () => {
    const { body } = await post('runs/create', { experiment_id: '0' });
    const run_id = (body['run'] as { info: { run_id: string } }).info.run_id;
    const paths = Array.from({ length: many }, (_, index) => `model-${index}`);
    const answers = await Promise.all(
      paths.map((artifact_path) =>
        post('runs/log-model', {
          run_id,
          model_json: JSON.stringify({ artifact_path, run_id, flavors: {}, utc_time_created: '2026-01-01' }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
    const run = await server.call('GET', `${path}/runs/get?run_id=${run_id}`, { token });
    const { tags } = (run.json() as { run: { data: { tags: { key: string; value: string }[] } } }).run.data;
    const history = tags.find(({ key }) => key === 'mlflow.log-model.history')?.value ?? '[]';
    const kept = (JSON.parse(history) as { artifact_path: string }[]).map(({ artifact_path }) => artifact_path);
    expect(kept.sort()).toEqual(paths.sort());
  });
});
