import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { CandidateSearch } from '../src/candidates/search';
import type { CandidateQuery } from '../src/candidates';
import { asExperimentIid, asProjectId, type ProjectId } from '../src/common';
import { dataSourceOptions, migrate } from '../src/database';
import { startEmbeddedPostgres } from '../src/standalone/postgres/embedded-postgres';
import { ListeningDatabase } from '../test/candidates/search/listening-database';
import { seedSweep } from '../test/candidates/search/sweep';

/**
 * Prints how long searches over a large experiment take and how PostgreSQL goes about them. To run it:
 * npx tsc --outDir node_modules/.cache/bench; cp package.json node_modules/.cache/bench/
 * node node_modules/.cache/bench/bench/search-plan.js [candidates]
 * A second project has as many candidates in 100 experiments: searches of `all` go through that one.
 */
const project = asProjectId(1);
const manifold = asProjectId(2);
const candidates = Number(process.argv[2] ?? 100_000);

const metricAndParam = "metrics.m0 > 0.2 AND params.p0 = 'v3'";
const eitherWay = "metrics.m2 > 0.9 OR params.p0 = 'v3'";
const cases: Record<string, Partial<CandidateQuery>> = {
  'filter on a metric and a param, ordered by the metric': { filter: metricAndParam, orderBy: ['metrics.m0 DESC'] },
  'the same, ascending': { filter: metricAndParam, orderBy: ['metrics.m0 ASC'] },
  'filter on another metric': { filter: "metrics.m2 > 0.5 AND params.p0 = 'v3'", orderBy: ['metrics.m0 DESC'] },
  'ordered by a metric': { orderBy: ['metrics.m0 DESC'] },
  'ordered by a metric of five values': { orderBy: ['metrics.m1 DESC'] },
  'newest first': {},
  'filter on a metric and a param, newest first': { filter: metricAndParam },
  'a filter that matches one': { filter: "params.p9 = 'v777'", orderBy: ['metrics.m0 DESC'] },
  'a filter that matches one, newest first': { filter: "params.p9 = 'v777'" },
  'a filter that matches none': { filter: "params.p0 = 'none' AND metrics.m0 > 0", orderBy: ['metrics.m0 DESC'] },
  'a filter on a metric that matches few': { filter: 'metrics.m2 > 0.9999', orderBy: ['metrics.m0 DESC'] },
  'LIKE on a param': { filter: "params.p9 LIKE '%77'", orderBy: ['metrics.m0 DESC'] },
  'ordered by a param': { orderBy: ['params.p3'] },
  'by name': { filter: "run_name = 'trial 5000'" },
  'deleted ones': { view: 'deleted' },
  'two experiments, filter, ordered by a metric': {
    experiments: [asExperimentIid(1), asExperimentIid(2)],
    filter: metricAndParam,
    orderBy: ['metrics.m0 DESC'],
  },
  'three comparisons that many meet': {
    filter: "metrics.m2 > 0.5 AND metrics.m3 > 0.5 AND params.p0 != 'v3'",
    orderBy: ['metrics.m0 DESC'],
  },
  'metric or param': { filter: eitherWay, orderBy: ['metrics.m0 DESC'] },
  'not a param': { filter: "NOT params.p0 = 'v3'", orderBy: ['metrics.m0 DESC'] },
  'ordered by a highest value': { orderBy: ['metrics.m2.max DESC'] },
  'filter on a highest value and a param, ordered by it': {
    filter: "metrics.m2.max > 0.9 AND params.p0 = 'v3'",
    orderBy: ['metrics.m2.max DESC'],
  },
  'whole project, newest first': { experiments: 'all' },
  'whole project, filter, newest first': { experiments: 'all', filter: metricAndParam },
  'whole project, ordered by a metric': { experiments: 'all', orderBy: ['metrics.m0 DESC'] },
  'whole project, filter, ordered by a metric': {
    experiments: 'all',
    filter: metricAndParam,
    orderBy: ['metrics.m0 DESC'],
  },
  'whole project, metric or param': { experiments: 'all', filter: eitherWay, orderBy: ['metrics.m0 DESC'] },
  'whole project, ordered by a param': { experiments: 'all', orderBy: ['params.p3'] },
};

function projectOf({ experiments }: Partial<CandidateQuery>): ProjectId {
  return experiments === 'all' ? manifold : project;
}

function whole(part: Partial<CandidateQuery>): CandidateQuery {
  return { experiments: [asExperimentIid(1)], orderBy: [], view: 'active', limit: 100, ...part };
}

/** The fastest of seven, in milliseconds: what the work costs when nothing else has the processor. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let attempt = 0; attempt < 7; attempt += 1) {
    const began = performance.now();
    await work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

async function blocksOf(database: ListeningDatabase, query: CandidateQuery): Promise<number> {
  const asked = await database.listen(() => new CandidateSearch(database).page(projectOf(query), query));
  let blocks = 0;
  for (const [{ text }, values] of asked) {
    const explained = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`;
    const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      { text: explained },
      values,
    );
    const plan = row?.['QUERY PLAN'][0].Plan;
    blocks += (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
  }
  return blocks;
}

async function measure(database: ListeningDatabase, name: string, part: Partial<CandidateQuery>): Promise<void> {
  const search = new CandidateSearch(database);
  let query = whole(part);
  const at = projectOf(query);
  const found = (await search.page(at, query)).iids.length;
  const first = await fastest(() => search.page(at, query));
  const firstBlocks = await blocksOf(database, query);
  let pages = 1;
  for (; pages < 40; pages += 1) {
    const { nextPageToken } = await search.page(at, query);
    if (nextPageToken === undefined) break;
    query = { ...query, pageToken: nextPageToken };
  }
  const last = await fastest(() => search.page(at, query));
  const shown = [first, last].map((time) => `${time.toFixed(1).padStart(6)} ms`);
  const blocks = [firstBlocks, await blocksOf(database, query)].map((count) => `${String(count).padStart(7)} blocks`);
  console.log(
    `first page ${String(shown[0])} ${String(blocks[0])}, page ${pages}: ${String(shown[1])} ${String(blocks[1])}  ${found} found  ${name}`,
  );
}

async function explain(database: ListeningDatabase, name: string, part: Partial<CandidateQuery>): Promise<void> {
  console.log(`\n== ${name}`);
  const asked = await database.listen(() => new CandidateSearch(database).page(projectOf(part), whole(part)));
  for (const [{ text }, values] of asked) {
    const rows = await database.query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN (ANALYZE, BUFFERS) ${text}` }, values);
    console.log(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-plan-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await migrate(client, join(process.cwd(), 'migrations'));
  await client.end();
  const dataSource = await new DataSource(dataSourceOptions({ url: postgres.url })).initialize();
  const database = new ListeningDatabase(dataSource);
  try {
    await seedSweep(database, { project, experiment: 1, candidates, from: 1 });
    await seedSweep(database, { project, experiment: 2, candidates: 5_000, from: candidates + 1 });
    for (let experiment = 1; experiment <= 100; experiment += 1) {
      const size = Math.ceil(candidates / 100);
      await seedSweep(database, { project: manifold, experiment, candidates: size, from: (experiment - 1) * size + 1 });
    }
    await database.query({ text: 'VACUUM ANALYZE' });
    for (const [name, part] of Object.entries(cases)) await measure(database, name, part);
    for (const [name, part] of Object.entries(cases)) await explain(database, name, part);
  } finally {
    await dataSource.destroy();
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

void main();
