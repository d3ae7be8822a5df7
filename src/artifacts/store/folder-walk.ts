import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './durable-files';

/** A file below a folder; `path` is relative to it, with slashes. */
interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

async function look<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** Every file at any depth; what goes meanwhile is left out. */
export async function* filesBelow(folder: string, above = ''): AsyncGenerator<FoundFile> {
  const entries = await look(() => opendir(folder));
  if (entries === undefined) return;
  for await (const entry of entries) {
    const file = join(folder, entry.name);
    const path = above + entry.name;
    if (entry.isDirectory()) {
      yield* filesBelow(file, `${path}/`);
      continue;
    }
    const stats = await look(() => stat(file));
    if (stats?.isFile() === true) yield { path, size: stats.size, modifiedAt: stats.mtime };
  }
}
