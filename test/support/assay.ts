import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assayActs, type AssayActs, type CallOptions, type HttpResult } from './assay-acts';
import { assayProgram } from './assay-build';
import { startChild, type Child } from './children';
import { createEmptyDatabase } from './postgres';
import { removePostgres } from './remove-postgres';
import { isRunning } from './processes';

/** The standalone server as its users run it: the built program in a process of its own. */
export interface AssayServer extends AssayActs {
  url: string;
  /** The operator's token on the local forge, empty on another. */
  adminToken: string;
  dataFolder: string;
  /** Of the first process, which is the only one unless ASSAY_WORKERS says more. */
  pid(): number;
  output(): string;
  /** Null while it runs, and when a signal ended it. */
  exitCode(): number | null;
  call(method: string, path: string, options?: CallOptions): Promise<HttpResult>;
  /** SIGKILL; what it started (an embedded PostgreSQL) lives on. */
  kill(): Promise<void>;
  /** SIGTERM and wait; data stays. */
  terminate(): Promise<void>;
  /** Starts it again on the same data and the same port. */
  restart(): Promise<void>;
  /** Ends it and all that it started, and removes its data. */
  stop(): Promise<void>;
}

/** How the server is started. */
export interface AssayServerOptions {
  /** Settings beyond the defaults; ASSAY_DATABASE_URL '' runs the embedded PostgreSQL. */
  env?: Record<string, string>;
  /** Flags of `assay serve`. */
  args?: readonly string[];
  dataFolder?: string;
  /** Milliseconds. */
  readyWithin?: number;
}

/** How a command ended. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Our environment without the ASSAY_* settings that somebody may have set. */
function cleared(): Record<string, string> {
  const ours = Object.keys(process.env).filter((name) => name.startsWith('ASSAY_') && !name.startsWith('ASSAY_TEST_'));
  return Object.fromEntries(ours.map((name) => [name, '']));
}

/** Runs the command line to its end, 60 s at most. */
export function runAssay(args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
  const program = assayProgram();
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...cleared(), ...env }, timeout: 60_000, killSignal: 'SIGKILL' as const };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

/** Starts a server on a port of its own, a data folder of its own and an empty database of its own on the run's PostgreSQL. */
export async function startAssay(options: AssayServerOptions = {}): Promise<AssayServer> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'assay-server-')));
  const database = options.env?.['ASSAY_DATABASE_URL'] === undefined ? await createEmptyDatabase() : undefined;
  const env = {
    ...(database && { ASSAY_DATABASE_URL: database.url }),
    ASSAY_DATA_DIR: dataFolder,
    ...options.env,
  };
  const remove = async (): Promise<void> => {
    await endPostgres(dataFolder);
    await database?.drop();
    await removePostgres(join(dataFolder, 'postgres'));
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    return await running(dataFolder, env, options, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function running(
  dataFolder: string,
  env: Record<string, string>,
  options: AssayServerOptions,
  remove: () => Promise<void>,
): Promise<AssayServer> {
  let child = await spawnServer(dataFolder, { ASSAY_PORT: '0', ...env }, options);
  const { url, admin_token: adminToken = '' } = await readReadyFile(dataFolder);
  const acts = assayActs(url, adminToken);
  return {
    ...acts,
    url,
    adminToken,
    dataFolder,
    pid: () => child.pid,
    output: () => child.output(),
    exitCode: () => child.exitCode(),
    kill: () => child.kill(),
    terminate: () => child.stop(),
    restart: async () => {
      child = await spawnServer(dataFolder, { ...env, ASSAY_PORT: new URL(url).port }, options);
    },
    stop: async () => {
      await child.stop();
      await remove();
    },
  };
}

async function spawnServer(
  dataFolder: string,
  env: Record<string, string>,
  { args = [], readyWithin = 60_000 }: AssayServerOptions,
): Promise<Child> {
  await rm(join(dataFolder, 'ready.json'), { force: true });
  return startChild({
    program: process.execPath,
    args: [assayProgram(), 'serve', ...args],
    env: { ...cleared(), ...env },
    ready: async () => (await readReadyFile(dataFolder)).url !== '',
    readyWithin,
  });
}

/** What the server says when it answers. */
export async function readReadyFile(dataFolder: string): Promise<{ url: string; pid: number; admin_token?: string }> {
  return JSON.parse(await readFile(join(dataFolder, 'ready.json'), 'utf8')) as { url: string; pid: number };
}

/** The first process of the PostgreSQL that is embedded in a data folder; undefined when none runs. */
export async function embeddedPostgresPid(dataFolder: string): Promise<number | undefined> {
  const lines = await readFile(join(dataFolder, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(lines.split('\n', 1)[0]);
  return pid > 0 && isRunning(pid) ? pid : undefined;
}

/** A server that was killed leaves its PostgreSQL behind. */
async function endPostgres(dataFolder: string): Promise<void> {
  const pid = await embeddedPostgresPid(dataFolder);
  if (pid === undefined) return;
  process.kill(pid, 'SIGQUIT');
  while (isRunning(pid)) await sleep(20);
}
