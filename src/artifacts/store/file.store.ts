import { constants, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AssayError, notFound, unavailable } from '../../common';
import type { ArtifactStore, ByteRange, StoredEntry, StoredFile, WalkedFile, WriteOptions } from './artifact-store';
import { codeOf, isEmptyFolder, removeEmptyFolders, settleFile } from './durable-files';
import { filesBelow } from './folder-walk';
import { fileOfKey } from './key-paths';
import { nameTaken, storeDown, storeFull } from './store-failures';
import { sweepUploads, uploadName, type Leftovers } from './upload-leftovers';

/** Bytes read at once, and those that may wait to be written: more of them only cool the caches. */
const [readBytes, writeBytes] = [256 * 1024, 256 * 1024];
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const clashes = new Set(['ENOTDIR', 'EEXIST', 'EISDIR', 'ENOTEMPTY']);

function asStoreFailure(error: unknown, key: string): unknown {
  if (error instanceof AssayError) return error;
  const code = codeOf(error);
  if (full.has(code)) return storeFull(error);
  if (clashes.has(code)) return nameTaken(key);
  return code === '' ? error : storeDown(error);
}

/**
 * Artifacts below a folder of this machine (or one that is mounted): `objects/<key>`, and `uploads/` for what is under way.
 * Several processes may share the folder.
 */
export class FileStore implements ArtifactStore {
  readonly name = 'file';
  private readonly objects: string;
  private readonly uploads: string;
  private ready: Promise<void> | undefined;

  constructor(private readonly folder: string) {
    this.objects = join(folder, 'objects');
    this.uploads = join(folder, 'uploads');
  }

  async write(key: string, content: Readable, { place = (put) => put() }: WriteOptions = {}): Promise<void> {
    const target = fileOfKey(this.objects, key);
    try {
      await this.prepare();
      if (await isTaken(target)) throw nameTaken(key);
      await this.receive(content, (upload) => place(() => settleFile(upload, target)));
    } catch (error) {
      throw asStoreFailure(error, key);
    } finally {
      content.destroy();
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const file = fileOfKey(this.objects, key);
    try {
      const handle = await open(file, 'r');
      const stats = await handle.stat();
      if (stats.isFile()) return handle.createReadStream({ ...range, highWaterMark: readBytes });
      await handle.close();
    } catch (error) {
      if (!isAbsence(error)) throw asStoreFailure(error, key);
    }
    throw notFound('There is no such artifact');
  }

  async stat(key: string): Promise<StoredFile | undefined> {
    try {
      const stats = await stat(fileOfKey(this.objects, key), { bigint: true });
      if (!stats.isFile()) return undefined;
      const etag = `${stats.ino.toString(36)}-${stats.size.toString(36)}-${stats.mtimeNs.toString(36)}`;
      return { size: Number(stats.size), modifiedAt: stats.mtime, etag };
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw asStoreFailure(error, key);
    }
  }

  async list(folder: string): Promise<StoredEntry[]> {
    const path = fileOfKey(this.objects, folder);
    try {
      const found = await readdir(path, { withFileTypes: true });
      const entries = await Promise.all(
        found.map((entry) => (entry.isDirectory() ? folderEntry(path, entry.name) : fileEntry(path, entry.name))),
      );
      return entries.filter((entry) => entry !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (isAbsence(error)) return [];
      throw asStoreFailure(error, folder);
    }
  }

  async *walk(folder: string): AsyncGenerator<WalkedFile> {
    for await (const { path, size, modifiedAt } of filesBelow(fileOfKey(this.objects, folder))) {
      yield { key: `${folder}/${path}`, size, modifiedAt };
    }
  }

  async delete(key: string): Promise<void> {
    const file = fileOfKey(this.objects, key);
    try {
      await unlink(file);
    } catch (error) {
      if (isAbsence(error) || ['EISDIR', 'EPERM'].includes(codeOf(error))) return;
      throw asStoreFailure(error, key);
    }
    await removeEmptyFolders(dirname(file), this.objects);
  }

  async deleteBelow(folder: string): Promise<void> {
    const path = fileOfKey(this.objects, folder);
    try {
      if ((await isEmptyFolder(path)) === undefined) return;
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      throw asStoreFailure(error, folder);
    }
    await removeEmptyFolders(dirname(path), this.objects);
  }

  async leftovers(remove: boolean): Promise<Leftovers> {
    try {
      return await sweepUploads(this.uploads, { ours: this.ready === undefined ? 'gone' : 'alive', remove });
    } catch (error) {
      if (isAbsence(error)) return { uploads: 0, bytes: 0 };
      throw storeDown(error);
    }
  }

  async check(): Promise<void> {
    try {
      await this.prepare();
      await access(this.uploads, constants.W_OK);
      await access(this.objects, constants.W_OK);
    } catch (error) {
      throw unavailable(
        `The artifact folder ${this.folder} cannot be written; check that it exists and who owns it.`,
        error,
      );
    }
  }

  private prepare(): Promise<void> {
    this.ready ??= this.makeFolders().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }

  private async makeFolders(): Promise<void> {
    await mkdir(this.objects, { recursive: true });
    await mkdir(this.uploads, { recursive: true });
    await sweepUploads(this.uploads, { ours: 'gone', remove: true });
  }

  private async receive(content: Readable, settle: (upload: string) => Promise<void>): Promise<void> {
    const upload = join(this.uploads, uploadName());
    try {
      // `flush` is the fsync before the file is closed, for which the pipeline waits.
      await pipeline(content, createWriteStream(upload, { flags: 'wx', flush: true, highWaterMark: writeBytes }));
      await settle(upload);
    } catch (error) {
      await rm(upload, { force: true }).catch(() => undefined);
      throw error;
    }
  }
}

function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

async function fileEntry(path: string, name: string): Promise<StoredEntry | undefined> {
  try {
    return { kind: 'file', name, size: (await stat(join(path, name))).size };
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

async function folderEntry(path: string, name: string): Promise<StoredEntry | undefined> {
  return (await isEmptyFolder(join(path, name))) === false ? { kind: 'folder', name } : undefined;
}

/** Whether a folder with something in it stands there, or a file stands on the way. */
async function isTaken(target: string): Promise<boolean> {
  try {
    return (await stat(target)).isDirectory() && (await isEmptyFolder(target)) === false;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
