import { createHash } from 'node:crypto';
import type { NativeWorld } from '../native/world';
import type { Listener } from './questions';

/** The run id of a candidate that `seedProject` made. */
function seededRun(project: number, iid: number): string {
  return createHash('md5').update(`${project} ${iid}`).digest('hex');
}

/** Does to seeded and to new candidates what MLflow's client and the pages do. @throws Error when something is refused */
export async function trackEverything(world: NativeWorld, listener: Listener = () => undefined): Promise<void> {
  const send = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    listener(`${method} ${path.replace(/\?.*/, '')}`);
    const answer = await world.call(method, path, body === undefined ? {} : { body });
    if (answer.status >= 300) throw new Error(`${method} ${path} answers ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  const mlflow = (method: string, path: string, body?: object): Promise<Record<string, unknown>> =>
    send(method, `mlflow/api/2.0/mlflow/${path}`, body);

  const created = await mlflow('POST', 'runs/create', { experiment_id: '1', start_time: 1, run_name: 'new' });
  const { info } = created['run'] as { info: { run_id: string } };
  const run_id = info.run_id;
  const point = { value: 0.5, timestamp: 1, step: 1 };
  const many = Array.from({ length: 500 }, (_, step) => ({ key: `m${step % 10}`, value: step, timestamp: step, step }));
  await mlflow('POST', 'runs/log-metric', { run_id, key: 'm0', ...point });
  await mlflow('POST', 'runs/log-batch', {
    run_id,
    metrics: many,
    params: [{ key: 'p0', value: 'v1' }],
    tags: [{ key: 'team', value: 'a' }],
  });
  await mlflow('POST', 'runs/log-parameter', { run_id, key: 'p1', value: 'v1' });
  await mlflow('POST', 'runs/set-tag', { run_id, key: 'team', value: 'b' });
  await mlflow('POST', 'runs/delete-tag', { run_id, key: 'team' });
  await mlflow('POST', 'runs/update', { run_id, status: 'FINISHED', end_time: 2 });
  await mlflow('POST', 'runs/delete', { run_id });
  await mlflow('POST', 'runs/restore', { run_id });

  const seeded = [1, 2, 3].map((iid) => seededRun(world.project, iid));
  const runs = (name: string): string => seeded.map((id) => `${name}=${id}`).join('&');
  await mlflow('GET', `runs/get?run_id=${seeded[0] ?? ''}`);
  await mlflow('GET', `metrics/get-history?run_id=${seeded[0] ?? ''}&metric_key=m0&max_results=5`);
  await mlflow('GET', `metrics/get-history-bulk?${runs('run_id')}&metric_key=m0`);
  await mlflow('GET', `metrics/get-history-bulk-interval?${runs('run_ids')}&metric_key=m0&max_results=5`);
  await send('GET', 'candidates/1');
  await send('GET', 'candidates/1/metrics');
  await send('GET', 'candidates/1/metrics/history?name=m0&max_results=5');
  await send('GET', 'metrics/history?name=m0&candidate=1&candidate=2&max_points=5');
  await send('GET', 'keys');
  await send('GET', 'experiments/1');
}
