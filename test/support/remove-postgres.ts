import { realpath, rm } from 'node:fs/promises';

/** Removes an embedded PostgreSQL's folder, also where it is a link: as root its data may stand below /var/lib/assay. */
export async function removePostgres(folder: string): Promise<void> {
  const real = await realpath(folder).catch(() => folder);
  await rm(real, { recursive: true, force: true, maxRetries: 3 });
}
