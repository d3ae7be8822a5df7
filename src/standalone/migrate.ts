import { join } from 'node:path';
import type { Client } from 'pg';
import { migrate, prepareQueue } from '../index';

/** The frozen SQL files that come with this version. */
export const migrationsFolder = join(__dirname, '../../migrations');

/** Brings our schema and the job queue's up to date. @returns the names of the files that ran now */
export async function migrateDatabase(client: Client, databaseUrl: string): Promise<string[]> {
  const names = await migrate(client, migrationsFolder);
  await prepareQueue(databaseUrl);
  return names;
}
