import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { claimPort } from '../server/port';
import { findBinaries, isRoot, unprivileged } from './binaries';
import { prepareCluster, type Cluster } from './cluster';

/** Where and how the embedded server runs. */
export interface EmbeddedPostgresOptions {
  /** Its folder; made on the first start. */
  readonly folder: string;
  /** A free one unless told. */
  readonly port?: number;
  /** Server settings beyond the defaults, such as `{ shared_buffers: '256MB' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** A superuser's address of the database `postgres`. */
  readonly url: string;
  readonly pid: number;
  /** Ends it as a fast shutdown: open transactions are rolled back, all else is on disk. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** Whether a process of this number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function address({ password }: Cluster, port: number): string {
  return `postgresql://assay:${password}@127.0.0.1:${String(port)}/postgres`;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A server that outlived the process that started it (killed, say) is taken over, not started twice. */
async function findRunning(cluster: Cluster): Promise<{ url: string; pid: number } | undefined> {
  const lines = await readFile(join(cluster.folder, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const [pid, , , port] = lines?.split('\n') ?? [];
  if (pid === undefined || port === undefined || !isAlive(Number(pid))) return undefined;
  const url = address(cluster, Number(port));
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (await answers(url)) return { url, pid: Number(pid) };
    await sleep(100);
  }
  return undefined;
}

/** The server that runs on this folder, if one does. Starts nothing. */
export async function runningPostgres(folder: string): Promise<{ url: string; pid: number } | undefined> {
  if ((await stat(join(folder, 'data')).catch(() => undefined)) === undefined) return undefined;
  return findRunning(await prepareCluster(folder, ''));
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended while starting:\n${output()}`);
    if (await answers(url)) return;
    await sleep(20);
  }
  throw new Error(`PostgreSQL did not answer within ${String(startTimeoutMs / 1000)} s:\n${output()}`);
}

async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await sleep(20);
}

/** Starts PostgreSQL on a free port of 127.0.0.1, or takes over the one that already runs on this folder. */
export async function startEmbeddedPostgres({
  folder,
  port: wantedPort,
  settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const cluster = await prepareCluster(folder, binaries);
  const running = await findRunning(cluster);
  if (running !== undefined) return { ...running, stop: () => stop(running.pid) };

  const port = wantedPort ?? (await claimPort('127.0.0.1', 0));
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...settings };
  const child = spawn(
    join(binaries, 'bin/postgres'),
    [
      '-D',
      cluster.folder,
      '-p',
      String(port),
      ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // A process group of its own: Ctrl-C ends our server first, which then ends PostgreSQL.
    { cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'], ...(isRoot() ? unprivileged : {}) },
  );
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  child.unref();
  (child.stderr as unknown as { unref(): void }).unref();
  const url = address(cluster, port);
  await untilReady(url, child, () => output);
  const pid = child.pid as number;
  return { url, pid, stop: () => stop(pid) };
}
