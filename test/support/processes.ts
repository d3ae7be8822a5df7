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

/** The living processes that this one started, whose command line matches. Linux alone. */
export async function startedBy(pid: number, command = /./): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const children = ids.filter((id) => statOf(id)?.parent === pid && isRunning(id));
  const commands = await Promise.all(children.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return children.filter((_, at) => command.test(commands[at] ?? '')).sort((a, b) => a - b);
}

/** Those of them that run the server itself: its workers, not its PostgreSQL. */
export function workersOf(pid: number): Promise<number[]> {
  return startedBy(pid, /standalone\/main\.js/);
}
