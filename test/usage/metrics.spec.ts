import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject } from '../support/assay-acts';
import { readExposition, sumOf, type Metric } from './exposition';
import { createRun, metricsOf, metricsWith, post } from './tracked';

const logMetric = { face: 'mlflow', method: 'POST', route: 'runs/log-metric' };
const requests = 'assay_http_requests_total';

function seriesOf(metrics: Map<string, Metric>, name: string): string[] {
  return (metrics.get(name)?.measures ?? []).map(({ labels }) => Object.values(labels).join(' ')).sort();
}

describe('the metrics of a server', () => {
  let server: AssayServer;
  let project: CreatedProject;
  let run: string;

  beforeAll(async () => {
    server = await startAssay();
    project = await server.createProject('metrics/penguins');
    run = await createRun(server, project);
  });
  afterAll(() => server.stop());

  const log = (value: number): Promise<unknown> =>
    post(server, project, 'runs/log-metric', { run_id: run, key: 'accuracy', value, timestamp: value, step: 1 });

  it('are for the operator alone', async () => {
    expect((await server.call('GET', '/metrics')).status).toBe(401);
    expect((await server.call('GET', '/metrics', { token: project.token })).status).toBe(403);
    expect((await server.call('GET', '/metrics', { token: 'assay-admin-guessed' })).status).toBe(403);
    const answer = await server.call('GET', '/metrics', { token: server.adminToken });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('count every request once, under the name of its endpoint, with its time', async () => {
    const before = sumOf(await metricsOf(server), requests, { ...logMetric, status: '2xx' });
    for (let value = 1; value <= 25; value += 1) await log(value);
    const metrics = await metricsWith(server, requests, { ...logMetric, status: '2xx' }, before + 25);
    expect(sumOf(metrics, requests, logMetric)).toBe(before + 25);
    const durations = 'assay_http_request_duration_seconds';
    expect(sumOf(metrics, `${durations}_count`, logMetric)).toBe(before + 25);
    expect(sumOf(metrics, `${durations}_sum`, logMetric)).toBeGreaterThan(0);
    expect(sumOf(metrics, `${durations}_sum`, logMetric)).toBeLessThan(25 * 60);
  });

  it('tell refusals by the class of their status', async () => {
    const body = { run_id: run, key: 'accuracy', value: 1, timestamp: 1 };
    const address = `${project.tracking_uri}/api/2.0/mlflow/runs/log-metric`;
    expect((await server.call('POST', address, { token: 'nobody', body })).status).toBe(401);
    expect((await server.call('POST', address, { token: project.token, body: {} })).status).toBe(400);
    const metrics = await metricsWith(server, requests, { ...logMetric, status: '4xx' }, 2);
    expect(sumOf(metrics, requests, { ...logMetric, status: '4xx' })).toBe(2);
  });

  it('count the faces apart', async () => {
    const { project_id: id, token } = project;
    await server.call('GET', `/api/v4/projects/${id}/ml/candidates`, { token });
    await server.call('GET', '/-/ml/sign_in');
    const metrics = await metricsWith(server, requests, { face: 'pages' }, 1);
    expect(sumOf(metrics, requests, { face: 'native', route: 'projects/:project/ml/candidates' })).toBe(1);
    expect(sumOf(metrics, requests, { face: 'pages', route: '/-/ml/sign_in', status: '2xx' })).toBe(1);
  });

  it('make no new series for addresses that nobody knows', async () => {
    const { token } = project;
    const ask = async (name: string): Promise<void> => {
      await server.call('GET', `/api/v4/projects/${name}/ml/candidates`, { token });
      await server.call('GET', `/api/v4/projects/${name}/ml/mlflow/api/2.0/mlflow/runs/get?run_id=${name}`, { token });
      await server.call('GET', `${project.tracking_uri}/api/2.0/mlflow/${name}/${name}`, { token });
      await server.call('GET', `/${name}/${name}/-/ml/experiments`, { token });
      await server.call('GET', `/${name}`, { token });
      await server.call('GET', `/api/v4/${name}`, { token });
    };
    const anywhere = { face: 'mlflow', route: '*', status: '4xx' };
    await ask('first');
    const before = await metricsWith(server, requests, anywhere, 1);
    for (let number = 0; number < 20; number += 1) await ask(`random${number}`);
    const after = await metricsWith(server, requests, anywhere, 21);
    for (const name of after.keys()) {
      if (name.startsWith('assay_')) expect([name, seriesOf(after, name)]).toEqual([name, seriesOf(before, name)]);
    }
  });

  it('hold no token, no id and no name of a project, a run or a metric', async () => {
    await post(server, project, 'runs/log-metric', { run_id: run, key: 'secretive', value: 1, timestamp: 1 });
    const { text } = await server.call('GET', '/metrics', { token: server.adminToken });
    const { token } = project;
    for (const word of [token, server.adminToken, run, 'penguins', 'secretive', 'accuracy', project.tracking_uri]) {
      expect(text).not.toContain(word);
    }
    const values = [...readExposition(text)].flatMap(([name, { measures }]) =>
      name.startsWith('assay_') ? measures.map(({ labels: { le: _, status: __, ...labels } }) => labels) : [],
    );
    expect(values.flatMap((labels) => Object.values(labels)).filter((value) => /[0-9]/.test(value))).toEqual([]);
  });
});
