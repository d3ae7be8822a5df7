import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const dayInMilliseconds = 86_400_000;
const host = encodeURIComponent(hostname());

/** A fresh file name that tells which process of which machine writes it. */
export function uploadName(): string {
  return `${host}~${process.pid}~${randomUUID()}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What a process that is gone left of its uploads. */
export interface Leftovers {
  readonly uploads: number;
  readonly bytes: number;
}

/** Its size when it is abandoned. */
async function abandoned(folder: string, name: string, ours: 'alive' | 'gone'): Promise<number | undefined> {
  const { mtimeMs, size } = await stat(join(folder, name));
  const [owner, pid] = name.split('~');
  if (owner === host && pid !== undefined) {
    const living = Number(pid) === process.pid ? ours === 'alive' : isAlive(Number(pid));
    if (!living) return size;
  }
  return Date.now() - mtimeMs > dayInMilliseconds ? size : undefined;
}

/**
 * Finds the uploads that a killed process left: those of this machine whose process is gone, and any that stood still for a day.
 * @param ours whether files that bear this process's number can be its own; `gone` before it uploads anything
 */
export async function sweepUploads(
  folder: string,
  { ours, remove }: { readonly ours: 'alive' | 'gone'; readonly remove: boolean },
): Promise<Leftovers> {
  let uploads = 0;
  let bytes = 0;
  for (const name of await readdir(folder)) {
    const size = await abandoned(folder, name, ours).catch(() => undefined);
    if (size === undefined) continue;
    uploads += 1;
    bytes += size;
    if (remove) await rm(join(folder, name), { force: true });
  }
  return { uploads, bytes };
}
