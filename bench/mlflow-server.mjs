import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mlflowServer } from '../tools/parts/mlflow.mjs';
import { run } from '../tools/parts/commands.mjs';
import { memoryOfTree } from './processes.mjs';
import { seedTheirHistories, seedTheirs } from './seed.mjs';
import { createDatabase } from './server.mjs';

const admin = { user: 'admin', password: 'bench administrator 1' };
const user = { user: 'bench', password: 'bench user 12345' };

/** MLflow reads PostgreSQL through SQLAlchemy, whose name of the driver it wants. @param {string} url */
function forPython(url) {
  return url.replace(/^postgresql:/, 'postgresql+psycopg2:');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** @param {{ user: string, password: string }} who */
function basic(who) {
  return `Basic ${Buffer.from(`${who.user}:${who.password}`).toString('base64')}`;
}

/**
 * The database of MLflow's tracking store, made and migrated before the server starts.
 * @param {{ url: string }} postgres
 */
export async function prepareMlflow(postgres) {
  const { python } = (await mlflowServer.find()) ?? (await mlflowServer.install());
  const databaseUrl = await createDatabase(postgres.url, 'mlflow');
  const authUrl = await createDatabase(postgres.url, 'mlflow_auth');
  // The server's own start-up makes the tables and the experiment 0.
  await run(python, [
    '-c',
    'import sys; from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore; SqlAlchemyStore(sys.argv[1], "mlflow-artifacts:/")',
    forPython(databaseUrl),
  ]);
  return { python, databaseUrl, authUrl };
}

/**
 * A real `mlflow server` with its usual four workers, with or without users.
 * @param {{ folder: string, postgres: { pid: number }, prepared: Awaited<ReturnType<typeof prepareMlflow>>, auth: boolean }} options
 * @returns {Promise<import('./target.mjs').Target & { artifacts: string, started: import('./target.mjs').Measured }>}
 */
export async function startMlflow({ folder, postgres, prepared: { python, databaseUrl, authUrl }, auth }) {
  const port = await freePort();
  const settings = join(folder, 'basic_auth.ini');
  await writeFile(
    settings,
    `[mlflow]\ndefault_permission = MANAGE\ndatabase_uri = ${forPython(authUrl).replaceAll('%', '%%')}\nadmin_username = ${admin.user}\n` +
      `admin_password = ${admin.password}\nauthorization_function = mlflow.server.auth:authenticate_request_basic_auth\n`,
  );
  const began = performance.now();
  const child = spawn(
    python,
    [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '4'],
      ...['--backend-store-uri', forPython(databaseUrl), '--artifacts-destination', join(folder, 'mlflow-artifacts')],
      ...(auth ? ['--app-name', 'basic-auth'] : []),
      // On a busy machine its supervisor would kill workers that are slow to start.
      ...['--uvicorn-opts', '--timeout-worker-healthcheck 60'],
    ],
    {
      cwd: folder,
      detached: true,
      env: {
        ...{ PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
        ...{
          MLFLOW_AUTH_CONFIG_PATH: settings,
          MLFLOW_FLASK_SERVER_SECRET_KEY: 'bench',
          MLFLOW_DISABLE_TELEMETRY: 'true',
        },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-4_000)));
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // Its workers are in its process group.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');
  };
  const url = `http://127.0.0.1:${port}`;
  const headers = auth ? { authorization: basic(user) } : {};
  try {
    await untilAnswers(url, auth ? { authorization: basic(admin) } : {}, child, () => output);
    const ms = performance.now() - began;
    if (auth) await makeUser(url);
    await untilSteady(url, headers);
    return {
      ...{ name: auth ? 'MLflow basic-auth' : 'MLflow', root: url, headers, folder, databaseUrl, stop },
      ...{ pid: child.pid ?? 0, postgresPid: postgres.pid },
      artifacts: `${url}/api/2.0/mlflow-artifacts/artifacts`,
      started: { ms, megabytes: memoryOfTree(child.pid ?? 0) / 1e6 },
      seed(sweep) {
        return seedTheirs(this, sweep);
      },
      seedHistories(histories) {
        return seedTheirHistories(this, histories);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => string} output
 */
async function untilAnswers(url, headers, child, output) {
  const deadline = performance.now() + 180_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`mlflow server ended before it answered:\n${output()}`);
    const asked = `${url}/api/2.0/mlflow/experiments/get?experiment_id=0`;
    const answer = await fetch(asked, { headers }).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`mlflow server did not answer within 180 s:\n${output()}`);
}

/** All its workers answer: so many requests at once are answered, twice. @param {string} url @param {Record<string, string>} headers */
async function untilSteady(url, headers) {
  for (let steady = 0, turn = 0; steady < 2; turn += 1) {
    const ask = () =>
      fetch(`${url}/api/2.0/mlflow/experiments/get?experiment_id=0`, { headers }).catch(() => undefined);
    const answers = await Promise.all(Array.from({ length: 16 }, ask));
    steady = answers.every((answer) => answer?.ok) ? steady + 1 : 0;
    if (turn === 60) throw new Error('mlflow server does not become steady.');
    await sleep(1_500);
  }
}

/** Neither the administrator, for whom no permission is looked up, nor a stranger. @param {string} url */
async function makeUser(url) {
  const init = {
    method: 'POST',
    headers: { authorization: basic(admin), 'content-type': 'application/json' },
    body: JSON.stringify({ username: user.user, password: user.password }),
  };
  // While it starts, it may still drop a connection.
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(`${url}/api/2.0/mlflow/users/create`, init).catch(() => undefined);
    const text = await answer?.text();
    if (answer?.ok || text?.includes('RESOURCE_ALREADY_EXISTS')) return;
    if (attempt === 20) throw new Error(`MLflow's user was not made: ${answer?.status} ${text}`);
    await sleep(1_000);
  }
}
