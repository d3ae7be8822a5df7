import { mkdir, open, readdir, rename, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The code of a failed file system call, or empty. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/**
 * Moves a file into its place so that it is there after a loss of power. Folders are made on the way; another writer who
 * removes an empty one meanwhile only costs another try.
 */
export async function settleFile(from: string, to: string): Promise<void> {
  for (let tries = 5; ; tries -= 1) {
    try {
      await makeFolder(dirname(to));
      await rename(from, to);
      await syncFolder(dirname(to));
      return;
    } catch (error) {
      if (tries === 0 || !(await mendable(error, to))) throw error;
    }
  }
}

async function mendable(error: unknown, to: string): Promise<boolean> {
  const code = codeOf(error);
  if (code === 'ENOENT') return true;
  if (code !== 'EISDIR') return false;
  return rmdir(to).then(
    () => true,
    () => false,
  );
}

/** Removes the folder and those above it as long as they are empty, up to but without `top`. */
export async function removeEmptyFolders(folder: string, top: string): Promise<void> {
  for (let current = folder; current.length > top.length; current = dirname(current)) {
    try {
      await rmdir(current);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return;
    }
  }
}

/** Whether anything is in the folder; undefined when there is no such folder. */
export async function isEmptyFolder(folder: string): Promise<boolean | undefined> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}
