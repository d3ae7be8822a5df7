import { startAssay, type AssayServer } from '../support/assay';

const CLIENTS = 16;
const TURNS = 40;
const KEYS = 12;

describe('many clients of two workers that log to the same runs', () => {
  let server: AssayServer;

  beforeAll(async () => {
    server = await startAssay({ env: { ASSAY_WORKERS: '2' } });
  });

  afterAll(async () => {
    await server.stop();
  });

  it('are all answered, and all that they wrote is there', async () => {
    const { tracking_uri: uri, token } = await server.createProject('team/contention');
    const post = (path: string, body: object) => server.call('POST', `${uri}/api/2.0/mlflow/${path}`, { token, body });
    const runs: string[] = [];
    for (let run = 0; run < 3; run += 1) {
      const created = await post('runs/create', { experiment_id: '0' });
      runs.push((created.json() as { run: { info: { run_id: string } } }).run.info.run_id);
    }
    const statuses = new Map<number, number>();
    const client = async (number: number): Promise<void> => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const run_id = runs[(number + turn) % runs.length];
        // Every client takes the keys in another order, and some turns write a single thing.
        const keys = Array.from({ length: KEYS }, (_, at) => `k${(at * 5 + number * 7 + turn) % KEYS}`);
        const step = number * TURNS + turn;
        const metrics = keys.map((key) => ({ key, value: step, timestamp: 1, step }));
        const named = keys.map((key) => ({ key, value: 'same' }));
        const answer =
          turn % 4 === 3
            ? await post('runs/set-tag', { run_id, key: keys[0], value: String(step) })
            : await post('runs/log-batch', { run_id, metrics, params: named, tags: named });
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
    expect(Object.fromEntries(statuses)).toEqual({ 200: CLIENTS * TURNS });

    let points = 0;
    for (const run of runs) {
      const read = await server.call('GET', `${uri}/api/2.0/mlflow/runs/get?run_id=${run}`, { token });
      const { data } = (
        read.json() as { run: { data: { params: object[]; metrics: { key: string; step: number }[] } } }
      ).run;
      expect([data.params.length, data.metrics.length]).toEqual([KEYS, KEYS]);
      for (const { key, step } of data.metrics) {
        const path = `metrics/get-history?run_id=${run}&metric_key=${key}`;
        const history = await server.call('GET', `${uri}/api/2.0/mlflow/${path}`, { token });
        const { metrics } = history.json() as { metrics: { step: number }[] };
        expect(Math.max(...metrics.map((metric) => metric.step))).toBe(step);
        points += metrics.length;
      }
    }
    expect(points).toBe(CLIENTS * TURNS * KEYS * (3 / 4));
  });

  it('see one changed param refused, and the others of the same moment kept', async () => {
    const { tracking_uri: uri, token } = await server.createProject('team/refusals');
    const post = (path: string, body: object) => server.call('POST', `${uri}/api/2.0/mlflow/${path}`, { token, body });
    const created = await post('runs/create', { experiment_id: '0' });
    const { run_id } = (created.json() as { run: { info: { run_id: string } } }).run.info;
    expect((await post('runs/log-parameter', { run_id, key: 'p', value: 'first' })).status).toBe(200);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        at % 3 === 0
          ? post('runs/log-parameter', { run_id, key: 'p', value: `other ${at}` })
          : post('runs/log-metric', { run_id, key: 'm', value: at, timestamp: 1, step: at }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, at) => (at % 3 === 0 ? 400 : 200)));
    for (const { text } of answers.filter((_, at) => at % 3 === 0)) expect(text).toContain('first');
    const history = await server.call(
      'GET',
      `${uri}/api/2.0/mlflow/metrics/get-history?run_id=${run_id}&metric_key=m`,
      { token },
    );
    expect((history.json() as { metrics: object[] }).metrics).toHaveLength(40);
  });
});
