import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the server makes up on its first start and keeps in its data folder, readable by its own user alone. */
export interface Secrets {
  /** Seals the sessions of people who signed in. */
  readonly sessionSecret: string;
  /** The administrator's token on the local forge. */
  readonly adminToken: string;
  /** The token of the demo project, once it is seeded. */
  readonly demoToken?: string;
}

/** The token under which they are injected. */
export const serverSecrets = Symbol('serverSecrets');

const fileName = 'secrets.json';

async function write(folder: string, secrets: Secrets): Promise<Secrets> {
  const path = join(folder, fileName);
  await writeFile(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secrets;
}

/** Reads them, or makes them on the first start. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as Secrets;
  return write(folder, {
    sessionSecret: randomBytes(32).toString('base64url'),
    adminToken: `assay-admin-${randomBytes(24).toString('base64url')}`,
  });
}

/** Remembers the demo's token, so that the next start can show it again. */
export async function keepDemoToken(folder: string, demoToken: string): Promise<Secrets> {
  return write(folder, { ...(await loadSecrets(folder)), demoToken });
}
