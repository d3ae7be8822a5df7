import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** What the system tells of a process. */
interface ProcessStat {
  parent: number;
  state: string;
}

function statOf(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(parent), state };
  } catch {
    return undefined;
  }
}

/** Whether the process still does something: one that ended and waits to be collected by its parent does not. Linux alone. */
export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z';
}

/** The ids of the living processes that this one started and that run the same program as it does (no PostgreSQL). Linux alone. */
export async function childrenOf(pid: number): Promise<number[]> {
  const program = await readFile(`/proc/${pid}/comm`, 'utf8');
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const id = Number(name);
    if (statOf(id)?.parent !== pid || !isRunning(id)) continue;
    if ((await readFile(`/proc/${name}/comm`, 'utf8').catch(() => '')) === program) found.push(id);
  }
  return found.sort((a, b) => a - b);
}
