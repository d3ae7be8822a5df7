import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, realpath, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { seedOurHistories, seedOurs } from './seed.mjs';

const dist = process.env['ASSAY_TEST_DIST'] ?? join(import.meta.dirname, '../dist');

/**
 * @typedef {object} Ours what our server has beyond a target
 * @property {string} url
 * @property {string} adminToken
 * @property {string} artifacts the artifacts' address
 * @property {(project: { project_id: number, tracking_uri: string, token: string }) => import('./target.mjs').Target & Ours} of another project of the same server
 */

/** @param {string} folder */
export async function startPostgres(folder) {
  if (!existsSync(join(dist, 'standalone/main.js'))) throw new Error('dist/ is missing: run `npm run build` first.');
  const { startEmbeddedPostgres } = fromDist('standalone/postgres/embedded-postgres.js');
  return startEmbeddedPostgres({ folder });
}

/** As root its data may stand behind a link. @param {string} folder of an embedded PostgreSQL */
export async function removePostgres(folder) {
  await rm(await realpath(folder).catch(() => folder), { recursive: true, force: true });
}

/** @param {string} file */
export function fromDist(file) {
  return createRequire(import.meta.url)(join(dist, file));
}

/** A database of its own for each server. @param {string} url of the cluster @param {string} name */
export async function createDatabase(url, name) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/**
 * @param {Record<string, string>} environment
 * @param {readonly string[]} [flags] of Node
 */
export function spawnServer(environment, flags = []) {
  const child = spawn(process.execPath, [...flags, join(dist, 'standalone/main.js'), 'serve'], {
    env: { PATH: process.env['PATH'] ?? '', ASSAY_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-4_000)));
  }
  return { child, output: () => output };
}

/** @param {import('node:child_process').ChildProcess} child */
export async function endServer(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/**
 * @param {ReturnType<typeof spawnServer>} server
 * @param {string} folder its data folder
 */
export async function untilReady({ child, output }, folder) {
  for (let waited = 0; waited < 60_000; waited += 5) {
    if (child.exitCode !== null) throw new Error(`The server ended before it answered:\n${output()}`);
    const text = await readFile(join(folder, 'ready.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return JSON.parse(text);
    await sleep(5);
  }
  throw new Error(`The server did not answer within 60 s:\n${output()}`);
}

/** A new project of a running server. @param {string} url @param {string} adminToken @param {string} path */
export async function newProject(url, adminToken, path) {
  const answer = await fetch(`${url}/api/v4/projects`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ path }),
  });
  if (!answer.ok) throw new Error(`The project ${path} was not made: ${await answer.text()}`);
  return answer.json();
}

/**
 * Our server on a database of its own.
 * @param {{ folder: string, postgres: { url: string, pid: number }, database: string, workers?: number, flags?: readonly string[] }} options
 * @returns {Promise<import('./target.mjs').Target & Ours>}
 */
export async function startServer({ folder, postgres, database, workers = 1, flags = [] }) {
  const databaseUrl = await createDatabase(postgres.url, database);
  const data = join(folder, database);
  const server = spawnServer(
    { ASSAY_DATA_DIR: data, ASSAY_DATABASE_URL: databaseUrl, ASSAY_WORKERS: String(workers) },
    flags,
  );
  const stop = () => endServer(server.child);
  try {
    const { url, admin_token: adminToken } = await untilReady(server, data);
    const shared = {
      name: 'Assay',
      url,
      adminToken,
      postgresPid: postgres.pid,
      pid: server.child.pid ?? 0,
      databaseUrl,
      folder,
    };
    const of = ({ project_id: id, tracking_uri: root, token }) => {
      const target = { ...shared, root, headers: { authorization: `Bearer ${token}` }, stop, of };
      target.artifacts = `${root}/api/2.0/mlflow-artifacts/artifacts`;
      target.seed = (sweep) => seedOurs(target, id, sweep);
      target.seedHistories = (histories) => seedOurHistories(target, id, histories);
      return target;
    };
    return of(await newProject(url, adminToken, 'bench/bench'));
  } catch (error) {
    await stop();
    throw error;
  }
}
