import { number, percentile } from './table.mjs';
import { withCpu } from './processes.mjs';

const PAGE = 100;

/**
 * @param {import('./server.mjs').Server} server
 * @param {string} experiment
 * @param {number} at
 */
async function addRun({ call }, experiment, at) {
  const { run } = await call('POST', 'runs/create', { experiment_id: experiment, run_name: `run ${at}` });
  const value = (at * 7919) % 10_007;
  await call('POST', 'runs/log-batch', {
    run_id: run.info.run_id,
    metrics: [
      { key: 'acc', value: value / 10_007, timestamp: 1, step: 0 },
      { key: 'loss', value: 1 - value / 10_007, timestamp: 1, step: 0 },
    ],
    params: [
      { key: 'kind', value: at % 2 === 0 ? 'tree' : 'forest' },
      { key: 'depth', value: String(at % 10) },
    ],
  });
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {number} count
 */
async function seed(server, count) {
  const { experiment_id: experiment } = await server.call('POST', 'experiments/create', { name: 'search' });
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await addRun(server, experiment, next);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return experiment;
}

/**
 * A filter on a metric and a param, ordered by the metric: the first page, and the tenth by its token.
 * @param {import('./server.mjs').Server} server
 * @param {import('./table.mjs').Size} size
 */
export async function measureSearch(server, { runs, searches }) {
  const began = performance.now();
  const experiment = await seed(server, runs);
  const seeded = (performance.now() - began) / 1000;
  const search = (token) =>
    server.call('POST', 'runs/search', {
      experiment_ids: [experiment],
      filter: "metrics.acc > 0.1 and params.kind = 'tree'",
      order_by: ['metrics.acc DESC'],
      max_results: PAGE,
      ...(token && { page_token: token }),
    });
  let tenth;
  for (let page = 1; page < 10; page += 1) {
    tenth = (await search(tenth)).next_page_token;
    if (tenth === undefined) throw new Error(`${runs} runs are too few for ten pages.`);
  }
  const rows = [
    { what: `seeding ${runs.toLocaleString('en-US')} runs over the API`, figure: `${number(runs / seeded)} runs/s` },
  ];
  for (const [name, token] of /** @type {const} */ ([
    ['first page', undefined],
    ['page 10', tenth],
  ])) {
    const times = [];
    const { server: cpu, postgres } = await withCpu(server, async () => {
      for (let turn = 0; turn < searches; turn += 1) {
        const start = performance.now();
        const { runs: found } = await search(token);
        times.push(performance.now() - start);
        if (!(found?.length > 0)) throw new Error(`The search found nothing on the ${name}.`);
      }
    });
    rows.push({
      what: `runs/search over ${runs.toLocaleString('en-US')} runs, ${name} of ${PAGE}`,
      figure: `p50 ${number(percentile(times, 0.5))} ms, p95 ${number(percentile(times, 0.95))} ms`,
      cost: `${(cpu / searches).toFixed(1)} + ${(postgres / searches).toFixed(1)} ms CPU a request (server + PostgreSQL)`,
    });
  }
  return rows;
}
