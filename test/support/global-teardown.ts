import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removePostgres } from './remove-postgres';
import type { EmbeddedPostgres } from '../../src/standalone/postgres/embedded-postgres';

/** Ends what the global setup started. */
export default async function globalTeardown(): Promise<void> {
  const started = (globalThis as { assayTestPostgres?: { postgres: EmbeddedPostgres; folder: string } })
    .assayTestPostgres;
  if (started === undefined) return;
  await started.postgres.stop();
  await removePostgres(join(started.folder, 'postgres'));
  await rm(started.folder, { recursive: true, force: true });
}
