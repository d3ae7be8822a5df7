import type { AssayServer } from '../support/assay';
import type { CreatedProject, HttpResult } from '../support/assay-acts';
import { until } from '../support/until';
import { readExposition, sumOf, type Metric } from './exposition';

/** What Prometheus would read, read strictly. */
export async function metricsOf(server: AssayServer): Promise<Map<string, Metric>> {
  const answer = await server.call('GET', '/metrics', { token: server.adminToken });
  if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}: ${answer.text}`);
  return readExposition(answer.text);
}

/** An answer is counted when its last byte is sent, which the client may see a moment before. */
export async function metricsWith(
  server: AssayServer,
  name: string,
  labels: Record<string, string>,
  value: number,
): Promise<Map<string, Metric>> {
  return until(`${name} ${JSON.stringify(labels)} reaches ${value}`, 10_000, async () => {
    const metrics = await metricsOf(server);
    return sumOf(metrics, name, labels) >= value ? metrics : undefined;
  });
}

/** A call to an endpoint of MLflow that must succeed. */
export async function post(
  server: AssayServer,
  { tracking_uri: uri, token }: Pick<CreatedProject, 'tracking_uri' | 'token'>,
  endpoint: string,
  body: object,
): Promise<HttpResult> {
  const answer = await server.call('POST', `${uri}/api/2.0/mlflow/${endpoint}`, { token, body });
  if (answer.status !== 200) throw new Error(`${endpoint} answered ${answer.status}: ${answer.text}`);
  return answer;
}

/** The id of a new run. */
export async function createRun(
  server: AssayServer,
  project: Pick<CreatedProject, 'tracking_uri' | 'token'>,
  experiment = '0',
): Promise<string> {
  const answer = await post(server, project, 'runs/create', { experiment_id: experiment });
  return (answer.json() as { run: { info: { run_id: string } } }).run.info.run_id;
}
