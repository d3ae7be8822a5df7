// `npm run bench`: starts the built server on an embedded PostgreSQL with its default durability, and prints one table.
// `--quick` measures less; `--profile` writes a CPU profile of the server into ./profile; names of parts (see `parts`) measure these alone.

import { measureArtifacts } from './artifacts.mjs';
import { measureFloor } from './floor.mjs';
import { measureLogBatch, measureLogMetric } from './logging.mjs';
import { measureRuns } from './runs.mjs';
import { measureSearch } from './search.mjs';
import { startServer } from './server.mjs';
import { describeMachine, printTable } from './table.mjs';

const flags = new Set(process.argv.slice(2));
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const size = flags.has('--quick')
  ? { seconds: 2, batches: 60, runs: 2_500, searches: 20, bytes: 256 * 1024 ** 2 }
  : { seconds: 8, batches: 300, runs: 10_000, searches: 60, bytes: 1024 ** 3 };

const parts = {
  // On the server as it is fresh, so that its memory above idle is told from what other work left.
  artifacts: measureArtifacts,
  floor: measureFloor,
  metric: measureLogMetric,
  batch: measureLogBatch,
  runs: measureRuns,
  search: measureSearch,
};

const server = await startServer({ profile: flags.has('--profile') });
try {
  console.log(await describeMachine(server.databaseUrl));
  /** @type {import('./table.mjs').Row[]} */
  const rows = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (only.length > 0 && !only.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await measure(server, size)));
  }
  printTable(rows);
} finally {
  await server.stop();
}
