import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isOpenToOthers, isRoot, sharedFolder, unprivileged } from './binaries';

/** A data directory that exists, and the password of its superuser `assay`. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

async function makeFolder(wanted: string): Promise<string> {
  const known = await lstat(wanted).catch(() => undefined);
  if (known !== undefined) return realpath(wanted);
  await mkdir(dirname(wanted), { recursive: true });
  if (!isRoot() || (await isOpenToOthers(dirname(wanted)))) {
    await mkdir(wanted, { mode: 0o700 });
    return wanted;
  }
  const name = createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 16);
  const folder = join(sharedFolder, `data-${name}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(sharedFolder, 0o755);
  await symlink(folder, wanted);
  return folder;
}

/**
 * Makes the data directory on the first start. As root it belongs to the unprivileged user, and stands below
 * `/var/lib/assay` (with a link to it) when the wanted folder is closed to other users.
 */
export async function prepareCluster(wanted: string, binaries: string): Promise<Cluster> {
  const folder = await makeFolder(wanted);
  const passwordFile = join(folder, 'assay-password');
  const data = join(folder, 'data');
  if (await stat(join(data, 'assay-initialised')).catch(() => undefined)) {
    return { folder: data, password: await readFile(passwordFile, 'utf8') };
  }
  await rm(data, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const identity = isRoot() ? unprivileged : {};
  if (isRoot()) {
    await chown(folder, unprivileged.uid, unprivileged.gid);
    await chown(passwordFile, unprivileged.uid, unprivileged.gid);
  }
  await promisify(execFile)(
    join(binaries, 'bin/initdb'),
    [
      '-D',
      data,
      '-U',
      'assay',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { cwd: '/', ...identity },
  );
  await writeFile(join(data, 'assay-initialised'), '');
  return { folder: data, password };
}
