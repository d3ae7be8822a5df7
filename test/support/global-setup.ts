import { startEmbeddedPostgres } from '../../src/standalone/postgres/embedded-postgres';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One real PostgreSQL for the whole Jest run, in a folder that the teardown removes. */
export default async function globalSetup(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  process.env['ASSAY_TEST_DATABASE_URL'] = postgres.url;
  Object.assign(globalThis, { assayTestPostgres: { postgres, folder } });
}
