// `npm run bench`: starts the built server on an embedded PostgreSQL with its default durability, and prints what each row of
// rows.mjs costs, beside the floor on the same PostgreSQL. `mlflow` measures a real `mlflow server` on it as well. `--quick`
// measures less; `plans` looks at how PostgreSQL goes about statements (plans.mjs) instead; `--profile` writes a CPU profile of the server into ./profile; names of parts measure these alone.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureArtifactFloor, measureArtifacts } from './artifacts.mjs';
import { measureHistoryFloor, measureSearchFloor, measureThousandFloor, measureWritingFloor } from './floor.mjs';
import { addProjects, measureGrowth } from './growth.mjs';
import { measureLogging } from './logging.mjs';
import { prepareMlflow, startMlflow } from './mlflow-server.mjs';
import { measurePlans } from './plans.mjs';
import { print, writePage } from './report.mjs';
import { measureHistories, measureSearch, measureThousand } from './reading.mjs';
import { newExperiment } from './seed.mjs';
import { removePostgres, startPostgres, startServer } from './server.mjs';
import { measureStart } from './start.mjs';
import { describeMachine, printBeside, printGrowth, printRows, printWorkers } from './table.mjs';
import { measureWorkers } from './workers.mjs';

/**
 * @typedef {object} Size
 * @property {number} seconds of each row under load
 * @property {number} [requests] of each row under load, in place of seconds
 * @property {number} batches
 * @property {number} searches
 * @property {number} points of a long history
 * @property {number} histories
 * @property {number} bytes of an artifact
 * @property {number} small runs
 * @property {number} large runs
 * @property {number} projects
 * @property {number} runsOfEach further project
 * @property {number} starts
 * @property {number} firstRuns that are there when it starts
 */

/** @type {Size} */
const whole = {
  ...{ seconds: 4, batches: 200, searches: 50, points: 100_000, histories: 18, bytes: 1024 ** 3 },
  ...{ small: 10_000, large: 100_000, projects: 100, runsOfEach: 200, starts: 5, firstRuns: 10_000 },
};
/** @type {Size} */
const quick = {
  ...{ seconds: 1.5, batches: 60, searches: 20, points: 20_000, histories: 4, bytes: 256 * 1024 ** 2 },
  ...{ small: 5_000, large: 10_000, projects: 10, runsOfEach: 100, starts: 3, firstRuns: 1_000 },
};
/** MLflow is slow, and slower with users; its figures are steady with fewer requests. @param {boolean} auth @returns {Size} */
const slower = (auth) => ({ ...size, requests: auth ? 32 : 160, batches: auth ? 12 : 24, searches: 8, histories: 2 });

const flags = new Set(process.argv.slice(2));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (asked.includes('plans')) process.exit(await measurePlans());
if (flags.has('--quick') && flags.has('--write'))
  throw new Error('A quick run is not for the page: its sizes are not those of the rows.');
const size = flags.has('--quick') ? quick : whole;
const parts = ['artifacts', 'logging', 'histories', 'search', 'growth', 'workers', 'start'];
const unknown = asked.find((name) => ![...parts, 'mlflow'].includes(name));
if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${parts.join(', ')} and mlflow.`);
const chosen = new Set(asked.some((name) => parts.includes(name)) ? asked : parts);

/** @param {string} what */
function say(what) {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what} …\n`);
}

/**
 * @param {import('./target.mjs').Target & { artifacts: string }} target
 * @param {Size} size
 * @param {{ sweep?: string, floor?: import('./table.mjs').Found, growth?: boolean }} [options]
 */
async function measureTarget(target, size, { sweep, floor, growth = false } = {}) {
  const found = {};
  const steps = [];
  const of = (part) => chosen.has(part) && (say(`${target.name}: ${part}`), true);
  if (of('artifacts')) Object.assign(found, await measureArtifacts(target, size));
  if (of('logging')) Object.assign(found, await measureLogging(target, size));
  if (of('histories')) Object.assign(found, await measureHistories(target, size));
  if (floor && chosen.has('histories'))
    Object.assign(floor, await measureHistoryFloor(target, size.points, size.histories));
  if (!chosen.has('search') && !growth) return { found, steps, experiment: sweep };
  const experiment = sweep ?? (await newExperiment(target, 'sweep'));
  for (const [name, from, to] of /** @type {const} */ ([
    ['small', 1, size.small],
    ['large', size.small + 1, size.large],
  ])) {
    if (sweep === undefined) await target.seed({ experiment, from, count: to - from + 1 });
    else if (name === 'small') continue;
    say(`${target.name}: search in ${to} runs`);
    Object.assign(found, await measureSearch(target, experiment, name, size.searches));
    if (floor) Object.assign(floor, await measureSearchFloor(target, 'sweep', name, size.searches));
    if (growth)
      steps.push({
        name: `${to.toLocaleString('en-US')} runs`,
        found: await measureGrowth([{ ...target, experiment }], size),
      });
  }
  Object.assign(found, await measureThousand(target, experiment, size.searches / 2));
  if (floor) Object.assign(floor, await measureThousandFloor(target, 'sweep', size.searches / 2));
  return { found, steps, experiment };
}

/** @param {{ folder: string, postgres: { url: string, pid: number } }} place */
async function measureOurs(place) {
  const node = flags.has('--profile') ? ['--cpu-prof', `--cpu-prof-dir=${join(process.cwd(), 'profile')}`] : [];
  const server = await startServer({ ...place, database: 'assay_bench', flags: node });
  const floor = {};
  try {
    if (chosen.has('artifacts')) Object.assign(floor, await measureArtifactFloor(server, size));
    if (chosen.has('logging')) Object.assign(floor, await measureWritingFloor(server, size));
    const growth = chosen.has('growth');
    const { found, steps, experiment } = await measureTarget(server, size, { floor, growth });
    if (growth) {
      say(`Assay: ${size.projects} projects`);
      const others = await addProjects(server, { projects: size.projects - 1, runs: size.runsOfEach });
      const places = [Object.assign(server, { experiment }), ...others];
      steps.push({ name: `and ${size.projects} projects`, found: await measureGrowth(places, size) });
    }
    return { found, floor, steps };
  } finally {
    await server.stop();
  }
}

/** @param {{ folder: string, postgres: { url: string, pid: number } }} place */
async function measureMlflow(place) {
  say('MLflow: preparing its database');
  const prepared = await prepareMlflow(place.postgres);
  const others = [];
  let sweep;
  for (const auth of [false, true]) {
    say(`MLflow${auth ? ' basic-auth' : ''}: starting`);
    try {
      const server = await startMlflow({ ...place, prepared, auth });
      try {
        const { found, experiment } = await measureTarget(server, slower(auth), { sweep });
        sweep = experiment;
        const { ms, megabytes } = server.started;
        others.push({ name: server.name, found: { ...found, start: { ms }, memory: { megabytes } } });
      } finally {
        await server.stop();
      }
    } catch (error) {
      // What was measured so far is not lost.
      console.error(error);
      process.exitCode = 1;
    }
  }
  return others;
}

const began = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
const postgres = await startPostgres(join(folder, 'postgres'));
try {
  const place = { folder, postgres };
  print(await describeMachine(postgres.url));
  const start = chosen.has('start') ? (say('Assay: cold start'), await measureStart(folder, size)) : {};
  const { found, floor, steps } = await measureOurs(place);
  const workers = chosen.has('workers') ? (say('Assay: workers'), await measureWorkers(place, size)) : [];
  const others = asked.includes('mlflow') ? await measureMlflow(place) : [];
  const ours = { ...found, ...start };
  printRows(ours, floor);
  if (others.length > 0) printBeside(ours, others);
  printGrowth('growth', steps);
  if (chosen.has('workers')) printWorkers(workers);
  print(`Measured in ${Math.round((performance.now() - began) / 1000)} s.`);
  if (flags.has('--write')) writePage();
} finally {
  await postgres.stop();
  for (const data of ['postgres', 'start/postgres']) await removePostgres(join(folder, data));
  await rm(folder, { recursive: true, force: true });
}
