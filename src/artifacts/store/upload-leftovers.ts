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

async function isAbandoned(folder: string, name: string): Promise<boolean> {
  const [owner, pid] = name.split('~');
  if (owner === host && pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))) return true;
  const { mtimeMs } = await stat(join(folder, name));
  return Date.now() - mtimeMs > dayInMilliseconds;
}

/**
 * Removes the uploads that a killed process left: those of this machine whose process is gone, and any that stood still for a day.
 * To be called before this process uploads anything.
 */
export async function sweepUploads(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const abandoned = await isAbandoned(folder, name).catch(() => false);
    if (abandoned) await rm(join(folder, name), { force: true });
  }
}
