import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a process is started and how one knows that it serves. */
export interface ChildOptions {
  program: string;
  args: readonly string[];
  /** Added to our own environment. */
  env?: Record<string, string>;
  cwd?: string;
  /** Asked again and again until it answers true; what it throws counts as false. */
  ready?: (output: string) => boolean | Promise<boolean>;
  /** Milliseconds, 60,000 unless told; then the process is killed and starting fails. */
  readyWithin?: number;
}

/** A running process; its output is kept to the last 64 Ki characters. */
export interface Child {
  pid: number;
  output(): string;
  running(): boolean;
  /** Null while it runs, and when a signal ended it. */
  exitCode(): number | null;
  /** Asks it to end, kills it after five seconds, and resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL at once; resolves when it is gone. */
  kill(): Promise<void>;
}

const KEPT = 64 * 1024;
const PATIENCE = 5_000;

/** Starts a process and waits until it is ready; on failure the error carries the last of its output. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const process_ = spawn(options.program, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const child = observe(process_);
  await new Promise<void>((resolve, reject) => process_.once('spawn', resolve).once('error', reject));
  killWithUs(process_);
  await untilReady(child, options);
  return child;
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.listen(0, '127.0.0.1', resolve).once('error', reject));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** True when the address answers with a status below 400. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.status < 400;
}

function observe(process_: ChildProcess): Child {
  let output = '';
  const collect = (text: string): void => {
    output = (output + text).slice(-KEPT);
  };
  process_.stdout?.setEncoding('utf8').on('data', collect);
  process_.stderr?.setEncoding('utf8').on('data', collect);
  const gone = new Promise<void>((resolve) =>
    process_.once('exit', () => {
      resolve();
    }),
  );
  const running = (): boolean => process_.exitCode === null && process_.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!running()) return;
    process_.kill(signal);
    const later = setTimeout(() => process_.kill('SIGKILL'), PATIENCE);
    await gone;
    clearTimeout(later);
  };
  return {
    pid: process_.pid ?? 0,
    output: () => output,
    running,
    exitCode: () => process_.exitCode,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

async function untilReady(child: Child, { ready, readyWithin = 60_000, program }: ChildOptions): Promise<void> {
  if (!ready) return;
  const deadline = Date.now() + readyWithin;
  while (Date.now() < deadline) {
    if (!child.running()) throw new Error(`${program} ended before it was ready:\n${child.output()}`);
    if (await isReady(ready, child.output())) return;
    await sleep(50);
  }
  await child.kill();
  throw new Error(`${program} was not ready within ${readyWithin} ms:\n${child.output()}`);
}

async function isReady(ready: NonNullable<ChildOptions['ready']>, output: string): Promise<boolean> {
  try {
    return await ready(output);
  } catch {
    return false;
  }
}

/** A test run that ends early must not leave servers behind. */
function killWithUs(process_: ChildProcess): void {
  const kill = (): void => {
    process_.kill('SIGKILL');
  };
  process.once('exit', kill);
  process_.once('exit', () => process.removeListener('exit', kill));
}
