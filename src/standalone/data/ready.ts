import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `ready.json` in the data folder tells while the server answers. */
export interface Ready {
  readonly url: string;
  readonly pid: number;
  /** Only on the local forge. */
  readonly admin_token?: string;
  readonly demo?: { readonly project: string; readonly tracking_uri: string; readonly token: string };
}

const fileName = 'ready.json';

/** Says that the server answers; readable by its own user alone. */
export async function writeReady(folder: string, ready: Ready): Promise<void> {
  const path = join(folder, fileName);
  await writeFile(`${path}.new`, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Undefined while no server has said that it answers. */
export async function readReady(folder: string): Promise<Ready | undefined> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Ready);
}

/** Says that the server no longer answers. */
export function removeReady(folder: string): Promise<void> {
  return rm(join(folder, fileName), { force: true });
}
