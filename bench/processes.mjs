import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** @param {number | string} pid */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * @param {number | string} pid
 * @param {boolean} [withEnded] also what its ended children took, such as PostgreSQL's parallel workers
 */
function cpuOf(pid, withEnded = false) {
  const stat = statOf(pid) ?? [];
  const ticks = stat.slice(11, withEnded ? 15 : 13).reduce((sum, value) => sum + Number(value), 0);
  return ticks * TICK_MS;
}

/**
 * CPU time since they began, in milliseconds: of the server, and of PostgreSQL with all its backends.
 * @param {{ pid: number, postgresPid: number }} server
 */
export function cpuTimes({ pid, postgresPid }) {
  const backends = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && statOf(name)?.[1] === String(postgresPid),
  );
  const postgres = backends.reduce((sum, name) => sum + cpuOf(name), cpuOf(postgresPid, true));
  return { server: cpuOf(pid), postgres };
}

/**
 * What `work` cost in CPU.
 * @template Result
 * @param {{ pid: number, postgresPid: number }} server
 * @param {() => Promise<Result>} work
 */
export async function withCpu(server, work) {
  const before = cpuTimes(server);
  const result = await work();
  const after = cpuTimes(server);
  return { result, server: after.server - before.server, postgres: after.postgres - before.postgres };
}

/** Resident memory in bytes. @param {number} pid */
export function memoryOf(pid) {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) * 1024;
}

/**
 * The highest memory of the process while `work` runs, looked at every 10 ms.
 * @template Result
 * @param {number} pid
 * @param {() => Promise<Result>} work
 */
export async function withPeakMemory(pid, work) {
  let peak = memoryOf(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid));
  }, 10);
  try {
    return { result: await work(), peak };
  } finally {
    clearInterval(timer);
  }
}
