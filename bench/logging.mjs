import { load } from './load.mjs';
import { number } from './table.mjs';

/** @param {import('./server.mjs').Server} server */
async function newRun({ call }) {
  return (await call('POST', 'runs/create', { experiment_id: '0' })).run.info.run_id;
}

/**
 * Single points, each with a step of its own, to eight runs.
 * @param {import('./server.mjs').Server} server
 * @param {import('./table.mjs').Size} size
 */
export async function measureLogMetric(server, { seconds }) {
  const runs = await Promise.all(Array.from({ length: 8 }, () => newRun(server)));
  let step = 0;
  const body = () => {
    step += 1;
    return { run_id: runs[step % runs.length], key: 'loss', value: Math.sin(step), timestamp: Date.now(), step };
  };
  const rows = [];
  for (const connections of [1, 8, 32]) {
    rows.push((await load(server, { what: 'log-metric', path: 'runs/log-metric', body, connections, seconds })).row);
  }
  return rows;
}

/**
 * Batches of 1,000 points of ten metrics.
 * @param {import('./server.mjs').Server} server
 * @param {import('./table.mjs').Size} size
 */
export async function measureLogBatch(server, { batches }) {
  const runs = await Promise.all(Array.from({ length: 8 }, () => newRun(server)));
  let batch = 0;
  const body = () => {
    batch += 1;
    const timestamp = Date.now();
    const metrics = Array.from({ length: 1_000 }, (_, at) => {
      const step = batch * 100 + Math.floor(at / 10);
      return { key: `metric ${at % 10}`, value: Math.cos(step + at), timestamp, step };
    });
    return { run_id: runs[batch % runs.length], metrics };
  };
  const rows = [];
  for (const connections of [1, 8]) {
    const options = { what: 'log-batch of 1,000 metrics', path: 'runs/log-batch', body, connections, amount: batches };
    const { perSecond, row } = await load(server, options);
    rows.push({ ...row, figure: `${number(perSecond * 1_000)} points/s; ${row.figure}` });
  }
  return rows;
}
