import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const dist = process.env['ASSAY_TEST_DIST'] ?? join(import.meta.dirname, '../dist');

/**
 * The server under test and its database.
 * @typedef {object} Server
 * @property {string} url
 * @property {string} api the protocol's address below the project
 * @property {string} artifacts the artifacts' address
 * @property {string} token a project access token that writes
 * @property {string} databaseUrl
 * @property {number} pid
 * @property {number} postgresPid
 * @property {string} folder a temporary folder of the bench
 * @property {(method: string, path: string, body?: object) => Promise<any>} call below the project's protocol
 * @property {() => Promise<void>} stop
 */

/** @param {string} folder */
async function startPostgres(folder) {
  if (!existsSync(join(dist, 'standalone/main.js'))) throw new Error('dist/ is missing: run `npm run build` first.');
  const { startEmbeddedPostgres } = createRequire(import.meta.url)(
    join(dist, 'standalone/postgres/embedded-postgres.js'),
  );
  return startEmbeddedPostgres({ folder });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} folder
 * @param {() => string} output
 */
async function untilReady(child, folder, output) {
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`The server ended before it answered:\n${output()}`);
    const text = await readFile(join(folder, 'ready.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return JSON.parse(text);
    await sleep(50);
  }
  throw new Error(`The server did not answer within 60 s:\n${output()}`);
}

/**
 * @param {{ profile: boolean }} options
 * @returns {Promise<Server>}
 */
export async function startServer({ profile }) {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const postgres = await startPostgres(join(folder, 'postgres'));
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${join(process.cwd(), 'profile')}`] : [];
  const child = spawn(process.execPath, [...flags, join(dist, 'standalone/main.js'), 'serve'], {
    env: {
      PATH: process.env['PATH'],
      ASSAY_PORT: '0',
      ASSAY_DATA_DIR: join(folder, 'data'),
      ASSAY_DATABASE_URL: postgres.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-4_000)));
  }
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { url, admin_token: adminToken } = await untilReady(child, join(folder, 'data'), () => output);
    const project = await post(`${url}/api/v4/projects`, adminToken, { path: 'bench/bench' });
    const api = `${project.tracking_uri}/api/2.0/mlflow`;
    const artifacts = `${project.tracking_uri}/api/2.0/mlflow-artifacts/artifacts`;
    const { token } = project;
    const call = (method, path, body) => post(`${api}/${path}`, token, body, method);
    const pids = { pid: child.pid ?? 0, postgresPid: postgres.pid };
    return { url, api, artifacts, token, databaseUrl: postgres.url, ...pids, folder, call, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} url
 * @param {string} token
 * @param {object} [body]
 */
async function post(url, token, body, method = 'POST') {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
