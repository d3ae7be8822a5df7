// The folder that keeps what is slow to make: built servers and Python environments.

import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @returns {string} the cache folder; it may not exist yet
 */
export function cacheFolder() {
  const named = process.env['ASSAY_CACHE_DIR'];
  if (named) return named;
  const shared = process.env['XDG_CACHE_HOME'];
  return join(shared ? shared : join(homedir(), '.cache'), 'assay');
}

/**
 * The folder of one built thing. A finished one is found by its product alone; otherwise it is built in a
 * folder of another name and renamed at the end, so an interrupted build is never taken for a finished one.
 * @param {string} key name and version, e.g. `gitea-1.26.0`
 * @param {string} product a file that a whole folder has, relative to it
 * @param {(folder: string) => Promise<void>} build fills an empty folder; it is moved afterwards
 * @returns {Promise<string>} the finished folder
 */
export async function cached(key, product, build) {
  const folder = join(cacheFolder(), key);
  if (existsSync(join(folder, product))) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    if (existsSync(join(folder, product))) return folder;
    removeLeftovers(key);
    const unfinished = `${folder}.unfinished-${process.pid}`;
    mkdirSync(unfinished);
    await build(unfinished);
    if (!existsSync(join(unfinished, product))) throw new Error(`the build of ${key} left no ${product}`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
    return folder;
  } finally {
    release();
  }
}

/**
 * @param {string} key
 * @param {string} product
 * @returns {string | undefined} the path of the product when it is built already
 */
export function cachedProduct(key, product) {
  const path = join(cacheFolder(), key, product);
  return existsSync(path) ? path : undefined;
}

/** @param {string} key */
function removeLeftovers(key) {
  for (const name of readdirSync(cacheFolder())) {
    if (name.startsWith(`${key}.unfinished-`)) rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

/**
 * Waits until no other living process holds the lock.
 * @param {string} file
 * @returns {Promise<() => void>} gives the lock back
 */
async function lock(file) {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await sleep(250);
  }
}

/**
 * @param {string} file
 * @returns {boolean} true when the process that made the lock is gone
 */
function isAbandoned(file) {
  const holder = readHolder(file);
  if (holder === undefined) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/**
 * @param {string} file
 * @returns {number | undefined} nothing while the file is just being written or has gone
 */
function readHolder(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
