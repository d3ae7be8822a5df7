import { load } from './load.mjs';
import { startServer } from './server.mjs';
import { newRuns } from './target.mjs';

/**
 * The hot path through one process and through two, each on a database of its own.
 * @param {{ folder: string, postgres: { url: string, pid: number } }} place
 * @param {import('./main.mjs').Size} size
 * @returns {Promise<import('./table.mjs').Found[]>} of one worker, of two
 */
export async function measureWorkers(place, { seconds }) {
  const found = [];
  for (const workers of [1, 2]) {
    const server = await startServer({ ...place, database: `workers_${workers}`, workers });
    try {
      const ids = await newRuns(server, 64);
      let step = 0;
      const point = (key) => ({ key, value: Math.sin((step += 1)), timestamp: Date.now(), step });
      const metric = () => ({ run_id: ids[step % ids.length], ...point('loss') });
      const batch = () => {
        const metrics = Array.from({ length: 1_000 }, (_, at) => point(`metric ${at % 10}`));
        return { run_id: ids[((step / 1_000) % ids.length) | 0], metrics };
      };
      const [one, many] = ['log-metric', 'log-batch'].map((name) => `api/2.0/mlflow/runs/${name}`);
      found.push({
        'log_metric, concurrency 32': await load(server, { path: one, body: metric, connections: 32, seconds }),
        'log_metric, concurrency 128': await load(server, { path: one, body: metric, connections: 128, seconds }),
        'log_batch of 1,000 points, concurrency 8': await load(server, {
          path: many,
          body: batch,
          connections: 8,
          seconds,
        }),
      });
    } finally {
      await server.stop();
    }
  }
  return found;
}
