import { readdir, readFile } from 'node:fs/promises';

/** What the system tells of a process. */
interface ProcessStat {
  parent: number;
  state: string;
}

async function statOf(pid: number): Promise<ProcessStat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(parent), state };
}

/** The ids of the living processes that this one started and that run the same program as it does (no PostgreSQL). Linux alone. */
export async function childrenOf(pid: number): Promise<number[]> {
  const program = await readFile(`/proc/${pid}/comm`, 'utf8');
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await statOf(Number(name));
    if (stat?.parent !== pid || stat.state === 'Z') continue;
    if ((await readFile(`/proc/${name}/comm`, 'utf8').catch(() => '')) === program) found.push(Number(name));
  }
  return found.sort((a, b) => a - b);
}
