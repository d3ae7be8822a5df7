import { Logger as JobLogger, runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';
import { jobsSchema } from './tasks';

const silent = new JobLogger(() => () => undefined);

/** Brings the job queue's own tables up to date; belongs to our migrate step. Safe to repeat. */
export async function prepareQueue(database: string | Pool): Promise<void> {
  const connection = typeof database === 'string' ? { connectionString: database } : { pgPool: database };
  await runMigrations({ ...connection, schema: jobsSchema, logger: silent });
}
