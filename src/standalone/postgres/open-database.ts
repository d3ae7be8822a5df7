import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Database, dataSourceOptions, readMigrations, statement } from '../../index';
import type { Configuration } from '../config/environment';
import { lockFolder } from '../data/lock';
import { runningPostgres, startEmbeddedPostgres } from './embedded-postgres';

/** The server's database, for a command. */
export interface OpenDatabase {
  readonly database: Database;
  /** Ends the connections, and an embedded PostgreSQL that was started for the command. */
  close(): Promise<void>;
}

async function findOrStart({
  databaseUrl,
  dataFolder,
}: Configuration): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = join(dataFolder, 'postgres');
  const url = databaseUrl ?? (await runningPostgres(folder))?.url;
  if (url !== undefined) return { url, stop: () => Promise.resolve() };
  // A server that starts meanwhile would take our PostgreSQL over and lose it when we end.
  const unlock = await lockFolder(dataFolder);
  try {
    const started = await startEmbeddedPostgres({ folder });
    return { url: started.url, stop: () => started.stop().finally(unlock) };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Connects to the database of these settings; an embedded one is started when it does not run. */
export async function openDatabase(configuration: Configuration, poolSize = 2): Promise<OpenDatabase> {
  const server = await findOrStart(configuration);
  try {
    const dataSource = await new DataSource(dataSourceOptions({ url: server.url, poolSize })).initialize();
    return {
      database: new Database(dataSource),
      async close() {
        await dataSource.destroy();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** How many migrations this version has. @throws Error when some of them have not run */
export async function checkMigrated(database: Database): Promise<number> {
  const migrations = await readMigrations();
  const applied = await database
    .query<{ name: string }>(statement('standalone.migrations', 'SELECT name FROM assay.migrations'))
    .catch(() => []);
  const due = migrations.filter(({ name }) => !applied.some((row) => row.name === name));
  if (due.length > 0)
    throw new Error(
      `${String(due.length)} migrations have not run: run \`assay migrate\`, or start the server, which does it.`,
    );
  return migrations.length;
}
