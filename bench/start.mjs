import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sweepSearch } from './reading.mjs';
import { memoryOfTree } from './processes.mjs';
import { newExperiment, seedOurs } from './seed.mjs';
import { endServer, fromDist, newProject, spawnServer, untilReady } from './server.mjs';
import { ask } from './target.mjs';
import { percentile } from './table.mjs';

const idleMs = 3_000;

/**
 * From the command to the first answer, on a data folder with embedded PostgreSQL that holds runs already; and the memory of
 * both, a while after that answer.
 * @param {string} folder
 * @param {import('./main.mjs').Size} size
 * @returns {Promise<Record<string, import('./target.mjs').Measured>>}
 */
export async function measureStart(folder, { starts, firstRuns }) {
  const data = join(folder, 'start');
  const first = spawnServer({ ASSAY_DATA_DIR: data });
  let target;
  let experiment;
  try {
    const { url, admin_token: adminToken } = await untilReady(first, data);
    const project = await newProject(url, adminToken, 'bench/start');
    const { runningPostgres } = fromDist('standalone/postgres/embedded-postgres.js');
    const { url: databaseUrl } = await runningPostgres(join(data, 'postgres'));
    target = {
      name: 'Assay',
      root: project.tracking_uri,
      headers: { authorization: `Bearer ${project.token}` },
      databaseUrl,
    };
    experiment = await newExperiment(target, 'sweep');
    await seedOurs(target, project.project_id, { experiment, from: 1, count: firstRuns });
  } finally {
    await endServer(first.child);
  }
  const [times, sizes] = [[], []];
  for (let at = 0; at < starts; at += 1) {
    const began = performance.now();
    const server = spawnServer({ ASSAY_DATA_DIR: data });
    try {
      const { url } = await untilReady(server, data);
      const root = url + new URL(target.root).pathname;
      const { runs } = await ask({ ...target, root }, 'POST', 'api/2.0/mlflow/runs/search', sweepSearch(experiment));
      if (!(runs?.length > 0)) throw new Error('The first answer holds no runs.');
      times.push(performance.now() - began);
      if (at === starts - 1) {
        await sleep(idleMs);
        sizes.push(memoryOfTree(server.child.pid ?? 0) / 1e6);
      }
    } finally {
      await endServer(server.child);
    }
  }
  return { start: { ms: percentile(times, 0.5) }, memory: { megabytes: sizes[0] ?? Number.NaN } };
}
