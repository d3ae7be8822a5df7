import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;
const KIB = 1024;

/** @param {number | string} pid */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** The process and all that it started, directly or not, with what `/proc` tells of each. @param {number} root */
function treeOf(root) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = new Map(all.flatMap((name) => (statOf(name) ? [[Number(name), statOf(name) ?? []]] : [])));
  const tree = [root];
  for (const parent of tree) {
    for (const [pid, stat] of stats) if (Number(stat[1]) === parent) tree.push(pid);
  }
  return tree.flatMap((pid) => (stats.has(pid) ? [{ pid, stat: stats.get(pid) ?? [] }] : []));
}

/** CPU time since it began, in milliseconds, of a process with all its children, ended ones too. @param {number} root */
export function cpuOf(root) {
  const ticks = treeOf(root).flatMap(({ stat }) => stat.slice(11, 15));
  return ticks.reduce((sum, value) => sum + Number(value), 0) * TICK_MS;
}

/**
 * What `work` cost in CPU; without a `pid`, what it cost in this process.
 * @template Result
 * @param {{ pid?: number, postgresPid: number }} target
 * @param {() => Promise<Result>} work
 */
export async function withCpu({ pid, postgresPid }, work) {
  const own = process.cpuUsage();
  const before = [pid === undefined ? 0 : cpuOf(pid), cpuOf(postgresPid)];
  const result = await work();
  const { user, system } = process.cpuUsage(own);
  const server = pid === undefined ? (user + system) / 1000 : cpuOf(pid) - before[0];
  return { result, server, postgres: cpuOf(postgresPid) - before[1] };
}

/** Resident memory in bytes. @param {number} pid */
export function memoryOf(pid) {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) * KIB;
}

/**
 * Memory in bytes of a process with all its children; what several share counts once (proportional set size).
 * @param {number} root
 */
export function memoryOfTree(root) {
  const sizes = treeOf(root).map(({ pid }) => {
    try {
      return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return sizes.reduce((sum, size) => sum + size, 0) * KIB;
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
