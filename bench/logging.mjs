import { load } from './load.mjs';
import { ask, newRun, newRuns } from './target.mjs';

const runs = 'api/2.0/mlflow/runs';

/**
 * The rows that write, and a run read, on one target.
 * @param {import('./target.mjs').Target} target
 * @param {import('./main.mjs').Size} size
 * @returns {Promise<Record<string, import('./target.mjs').Measured>>}
 */
export async function measureLogging(target, { seconds, requests, batches }) {
  const limit = requests === undefined ? { seconds } : { amount: requests };
  const ids = await newRuns(target);
  const run = `${Date.now()}`;
  let count = 0;
  const id = () => ids[count % ids.length];
  const next = () => (count += 1);
  const metric = () => ({ key: 'loss', value: Math.sin(next()), timestamp: Date.now(), step: count, run_id: id() });
  const param = () => ({ key: `param ${run} ${next()}`, value: String(count), run_id: id() });
  const tag = () => ({ key: `tag ${next() % 50}`, value: `${run} ${count}`, run_id: id() });
  const create = () => ({ experiment_id: '0', start_time: Date.now(), tags: createdTags });
  const tenKeys = () => ({ run_id: ids[next() % ids.length], metrics: points(10, count) });
  const manyKeys = () => ({ run_id: ids[next() % ids.length], metrics: points(1_000, count) });
  const path = `${runs}/get?run_id=${await tenOfEach(target)}`;
  return {
    'log-metric 32': await load(target, { path: `${runs}/log-metric`, body: metric, connections: 32, ...limit }),
    'log-metric 1': await load(target, { path: `${runs}/log-metric`, body: metric, connections: 1, ...limit }),
    'log-metric 8': await load(target, { path: `${runs}/log-metric`, body: metric, connections: 8, ...limit }),
    'log-param 8': await load(target, { path: `${runs}/log-parameter`, body: param, connections: 8, ...limit }),
    'set-tag 8': await load(target, { path: `${runs}/set-tag`, body: tag, connections: 8, ...limit }),
    'create 8': await load(target, { path: `${runs}/create`, body: create, connections: 8, ...limit }),
    'get 8': await load(target, { method: 'GET', path, connections: 8, ...limit }),
    'batch 10 keys': await load(target, { path: `${runs}/log-batch`, body: tenKeys, connections: 8, amount: batches }),
    'batch 1000 keys': await load(target, {
      path: `${runs}/log-batch`,
      body: manyKeys,
      connections: 8,
      amount: batches,
    }),
  };
}

const createdTags = [
  { key: 'mlflow.user', value: 'bench' },
  { key: 'mlflow.source.name', value: 'train.py' },
  { key: 'mlflow.source.type', value: 'LOCAL' },
];

/** A thousand points of so many metrics. @param {number} keys @param {number} batch */
function points(keys, batch) {
  const timestamp = Date.now();
  return Array.from({ length: 1_000 }, (_, at) => {
    const step = (batch * 1_000) / keys + Math.floor(at / keys);
    return { key: `metric ${at % keys}`, value: Math.cos(step + at), timestamp, step };
  });
}

/** A run with ten metrics and ten params. @param {import('./target.mjs').Target} target */
export async function tenOfEach(target) {
  const run_id = await newRun(target);
  const metrics = Array.from({ length: 10 }, (_, at) => ({ key: `m${at}`, value: at / 7, timestamp: 1, step: 0 }));
  const params = Array.from({ length: 10 }, (_, at) => ({ key: `p${at}`, value: String(at) }));
  await ask(target, 'POST', `${runs}/log-batch`, { run_id, metrics, params });
  return run_id;
}
