import { load } from './load.mjs';
import { startServer } from './server.mjs';
import { newRuns } from './target.mjs';

/**
 * The hot path through one process and through two, each on a database of its own.
 * @param {{ folder: string, postgres: { url: string, pid: number } }} place
 * @param {import('./main.mjs').Size} size
 * @returns {Promise<Record<string, import('./target.mjs').Measured>>}
 */
export async function measureWorkers(place, { seconds }) {
  const found = {};
  for (const workers of [1, 2]) {
    const server = await startServer({ ...place, database: `workers_${workers}`, workers });
    try {
      const ids = await newRuns(server);
      let step = 0;
      const body = () => {
        step += 1;
        return { run_id: ids[step % ids.length], key: 'loss', value: Math.sin(step), timestamp: Date.now(), step };
      };
      const path = 'api/2.0/mlflow/runs/log-metric';
      found[`workers ${workers}`] = await load(server, { path, body, connections: 32, seconds });
    } finally {
      await server.stop();
    }
  }
  return found;
}
