import { load } from './load.mjs';

/**
 * Runs are created with their usual tags, and read.
 * @param {import('./server.mjs').Server} server
 * @param {import('./table.mjs').Size} size
 */
export async function measureRuns(server, { seconds }) {
  const tags = [
    { key: 'mlflow.user', value: 'bench' },
    { key: 'mlflow.source.name', value: 'train.py' },
    { key: 'mlflow.source.type', value: 'LOCAL' },
  ];
  const body = () => ({ experiment_id: '0', start_time: Date.now(), tags });
  const created = await load(server, {
    what: 'runs/create',
    path: 'runs/create',
    body,
    connections: 8,
    seconds: seconds / 2,
  });
  const { run } = await server.call('POST', 'runs/create', body());
  await server.call('POST', 'runs/log-batch', {
    run_id: run.info.run_id,
    metrics: Array.from({ length: 20 }, (_, at) => ({ key: `m${at}`, value: at, timestamp: 1, step: 0 })),
    params: Array.from({ length: 20 }, (_, at) => ({ key: `p${at}`, value: String(at) })),
  });
  const path = `runs/get?run_id=${run.info.run_id}`;
  const read = await load(server, {
    what: 'runs/get (20 metrics, 20 params)',
    method: 'GET',
    path,
    connections: 8,
    seconds: seconds / 2,
  });
  return [created.row, read.row];
}
