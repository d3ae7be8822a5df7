import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject } from '../support/assay-acts';
import { workersOf } from '../support/processes';
import { until } from '../support/until';
import { sumOf } from './exposition';
import { createRun, metricsOf, metricsWith, post } from './tracked';

const operatorToken = 'a-token-that-the-operator-chose';

describe('the metrics of a server of two workers', () => {
  let server: AssayServer;
  let project: CreatedProject;

  beforeAll(async () => {
    server = await startAssay({ env: { ASSAY_WORKERS: '2', ASSAY_OPERATOR_TOKEN: operatorToken } });
    project = await server.createProject('metrics/workers');
  });
  afterAll(() => server.stop());

  it('are the sum of both, whichever answers', async () => {
    const run = await createRun(server, project);
    const [rounds, together] = [10, 6];
    for (let round = 0; round < rounds; round += 1) {
      const writes = Array.from({ length: together }, (_, step) =>
        post(server, project, 'runs/log-metric', { run_id: run, key: 'loss', value: round, timestamp: round, step }),
      );
      await Promise.all(writes);
    }
    const labels = { face: 'mlflow', route: 'runs/log-metric', status: '2xx' };
    const all = rounds * together;
    const metrics = await metricsWith(server, 'assay_http_requests_total', labels, all);
    expect(sumOf(metrics, 'assay_http_requests_total', labels)).toBe(all);
    const again = await Promise.all([1, 2, 3, 4].map(() => metricsOf(server)));
    expect(again.map((one) => sumOf(one, 'assay_http_requests_total', labels))).toEqual([all, all, all, all]);
    expect(sumOf(metrics, 'assay_write_batch_items_sum')).toBe(all + 1);
    expect(sumOf(metrics, 'assay_database_connections', { state: 'max' })).toBe(20);
  });

  it('tell what both see alike once', async () => {
    const run = await createRun(server, project);
    const { tracking_uri: uri, token } = project;
    const at = `${uri}/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/a.txt`;
    expect((await server.call('PUT', at, { token, content: 'twelve bytes' })).status).toBe(200);
    expect(sumOf(await metricsOf(server), 'assay_stored_bytes')).toBe(12);
  });

  it('are there again when a worker was killed, and its own counts are gone', async () => {
    const before = await metricsOf(server);
    const [worker = 0] = await workersOf(server.pid());
    process.kill(worker, 'SIGKILL');
    await until('another worker took its place', 30_000, async () => {
      const workers = await workersOf(server.pid());
      return workers.length === 2 && !workers.includes(worker) ? true : undefined;
    });
    const metrics = await until('both tell of their connections', 30_000, async () => {
      const told = await metricsOf(server).catch(() => undefined);
      return told && sumOf(told, 'assay_database_connections', { state: 'max' }) === 20 ? told : undefined;
    });
    const requests = 'assay_http_requests_total';
    expect(sumOf(metrics, requests)).toBeLessThan(sumOf(before, requests));
  });

  it('are for the operator alone here too, by the token of the settings or the administrator’s', async () => {
    for (const token of [operatorToken, server.adminToken]) {
      expect((await server.call('GET', '/metrics', { token })).status).toBe(200);
      expect((await server.call('GET', '/api/v4/usage_data/ml', { token })).status).toBe(200);
    }
    expect((await server.call('GET', '/metrics')).status).toBe(401);
    expect((await server.call('GET', '/metrics', { token: project.token })).status).toBe(403);
  });
});
