import pg from 'pg';
import { withCpu } from './processes.mjs';
import { number } from './table.mjs';

const insert = {
  one: 'INSERT INTO bench_points VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING',
  group: `INSERT INTO bench_points SELECT 1, 1, 1, step, tracked, value
          FROM unnest($1::bigint[], $2::bigint[], $3::float8[]) AS points (step, tracked, value) ON CONFLICT DO NOTHING`,
};

/**
 * Points straight into a table like ours, without server, protocol or latest values: what the database alone can do.
 * @param {import('./server.mjs').Server} server
 * @param {import('./table.mjs').Size} size
 */
export async function measureFloor(server, { seconds }) {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query('CREATE TABLE bench_points (LIKE assay.metric_points INCLUDING ALL)');
  try {
    let step = 0;
    const one = () => client.query({ name: 'one', text: insert.one, values: [1, 1, 1, (step += 1), Date.now(), 0.5] });
    const group = () => {
      const steps = Array.from({ length: 32 }, () => (step += 1));
      const values = [steps, steps.map(() => Date.now()), steps.map(() => 0.5)];
      return client.query({ name: 'group', text: insert.group, values });
    };
    return [
      await measure(server, 'floor: one point a commit, straight through pg', 1, one, seconds / 2),
      await measure(server, 'floor: 32 points a commit, straight through pg', 32, group, seconds / 2),
    ];
  } finally {
    await client.query('DROP TABLE bench_points');
    await client.end();
  }
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {string} what
 * @param {number} points
 * @param {() => Promise<unknown>} work
 * @param {number} seconds
 */
async function measure(server, what, points, work, seconds) {
  let done = 0;
  const { postgres } = await withCpu(server, async () => {
    const end = performance.now() + seconds * 1000;
    for (; performance.now() < end; done += 1) await work();
  });
  return {
    what,
    figure: `${number((done * points) / seconds)} points/s; ${number(done / seconds)} commits/s`,
    cost: `${(postgres / done).toFixed(2)} ms CPU a commit (PostgreSQL)`,
  };
}
