import { startAssay, type AssayServer } from '../support/assay';
import type { CallOptions, HttpResult } from '../support/assay-acts';
import { until } from '../support/until';

interface Metric {
  readonly value: number;
  readonly step: number;
}

/** Two processes take connections in turn, so a client that closes each speaks to both; they share nothing but PostgreSQL. */
describe('two workers', () => {
  let server: AssayServer;
  let uri: string;
  let token: string;

  beforeAll(async () => {
    server = await startAssay({ env: { ASSAY_WORKERS: '2' } });
    ({ tracking_uri: uri, token } = await server.createProject('team/workers'));
  });

  afterAll(() => server.stop());

  const call = (method: string, path: string, options: CallOptions = {}): Promise<HttpResult> =>
    server.call(method, path, { token, ...options, headers: { connection: 'close' } });

  const post = (endpoint: string, body: object): Promise<HttpResult> =>
    call('POST', `${uri}/api/2.0/mlflow/${endpoint}`, { body });

  async function createRun(): Promise<string> {
    const created = await post('runs/create', { experiment_id: '0' });
    return (created.json() as { run: { info: { run_id: string } } }).run.info.run_id;
  }

  it('show at once what either of them wrote', async () => {
    for (let turn = 0; turn < 30; turn += 1) {
      const run_id = await createRun();
      expect((await post('runs/log-parameter', { run_id, key: 'turn', value: String(turn) })).status).toBe(200);
      for (let look = 0; look < 3; look += 1) {
        const read = await call('GET', `${uri}/api/2.0/mlflow/runs/get?run_id=${run_id}`);
        expect(read.json()).toMatchObject({ run: { data: { params: [{ key: 'turn', value: String(turn) }] } } });
      }
    }
  });

  it('keep one correct summary of a metric that is logged through both', async () => {
    const run_id = await createRun();
    const points = Array.from({ length: 240 }, (_, step) => ({
      step,
      value: Math.cos(step * 7),
      timestamp: 1_000 + step,
    }));
    const shuffled = points.map((_, index) => points[(index * 101) % points.length]);
    const answers = await Promise.all(shuffled.map((point) => post('runs/log-metric', { run_id, key: 'm', ...point })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const values = points.map(({ value }) => value);
    const [least, most] = [Math.min(...values), Math.max(...values)];

    const history = await call('GET', `${uri}/api/2.0/mlflow/metrics/get-history?run_id=${run_id}&metric_key=m`);
    const { metrics } = history.json() as { metrics: Metric[] };
    expect(metrics.map(({ step, value }) => [step, value])).toEqual(points.map(({ step, value }) => [step, value]));
    const search = async (filter: string): Promise<unknown> => {
      const found = (await post('runs/search', { experiment_ids: ['0'], filter })).json() as { runs?: object[] };
      return found.runs?.length ?? 0;
    };
    expect(await search(`metrics.m = ${String(values.at(-1))}`)).toBe(1);
    expect(await search(`metrics.m.min = ${String(least)} AND metrics.m.max = ${String(most)}`)).toBe(1);
    expect(await search(`metrics.m.first = ${String(values[0])}`)).toBe(1);
  });

  it('both refuse a token soon after one of them revoked it', async () => {
    await server.createUser('ada');
    await server.addMember('team/workers', 'ada', 'maintain');
    const { token: maintainer } = await server.createToken('ada');
    const tokens = `${uri.replace(/\/mlflow$/, '')}/tokens`;
    const created = await call('POST', tokens, {
      token: maintainer,
      body: { name: 'short-lived', role: 'write' },
    });
    expect(created.status).toBe(201);
    const own = created.json() as { id: string; token: string };
    const statuses = async (): Promise<number[]> => {
      const asked = Array.from({ length: 12 }, () =>
        call('GET', `${uri}/api/2.0/mlflow/experiments/get?experiment_id=0`, { token: own.token }),
      );
      return (await Promise.all(asked)).map(({ status }) => status);
    };
    expect(await statuses()).toEqual(Array<number>(12).fill(200));
    expect((await call('DELETE', `${tokens}/${own.id}`, { token: maintainer })).status).toBeLessThan(300);
    await until('both refuse it', 15_000, async () =>
      (await statuses()).every((status) => status === 401) ? true : undefined,
    );
    expect(await statuses()).toEqual(Array<number>(12).fill(401));
  });
});
