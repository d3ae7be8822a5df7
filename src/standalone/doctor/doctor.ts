import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import {
  Addresses,
  createArtifactStore,
  createForge,
  Database,
  dataSourceOptions,
  defaultPrefix,
  readMigrations,
  statement,
} from '../../index';
import { readConfiguration, type Configuration } from '../config/environment';
import { startEmbeddedPostgres, runningPostgres } from '../postgres/embedded-postgres';
import { storeChoice } from '../server/choices';

/** What the doctor found out about one part. */
export interface Finding {
  readonly part: 'settings' | 'folder' | 'database' | 'schema' | 'clock' | 'store' | 'forge';
  readonly ok: boolean;
  /** One sentence; what is wrong and how to mend it where it is not ok. */
  readonly says: string;
}

type Check = () => Promise<string>;

const maximalDriftMs = 5_000;
const minimalServerVersion = 140_000;

async function find(part: Finding['part'], check: Check): Promise<Finding> {
  try {
    return { part, ok: true, says: await check() };
  } catch (error) {
    return { part, ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

async function checkFolder({ dataFolder }: Configuration): Promise<string> {
  try {
    await mkdir(dataFolder, { recursive: true });
    await access(dataFolder, constants.R_OK | constants.W_OK);
  } catch {
    throw new Error(
      `${dataFolder} cannot be written: give this user the right, or set ASSAY_DATA_DIR to another folder.`,
    );
  }
  return `${dataFolder} can be written.`;
}

async function checkDatabase(database: Database): Promise<string> {
  const [row] = await database.query<{ version: string; number: string }>(
    statement(
      'doctor.version',
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number`,
    ),
  );
  if (Number(row?.number) < minimalServerVersion)
    throw new Error(`PostgreSQL ${row?.version ?? ''} is too old: version 14 or later is needed.`);
  return `PostgreSQL ${row?.version ?? ''} answers.`;
}

async function checkSchema(database: Database): Promise<string> {
  const migrations = await readMigrations();
  const applied = await database
    .query<{ name: string }>(statement('doctor.migrations', 'SELECT name FROM assay.migrations'))
    .catch(() => []);
  const due = migrations.filter(({ name }) => !applied.some((row) => row.name === name));
  if (due.length > 0)
    throw new Error(
      `${String(due.length)} migrations have not run: run \`assay migrate\`, or start the server, which does it.`,
    );
  return `All ${String(migrations.length)} migrations have run.`;
}

async function checkClock(database: Database): Promise<string> {
  const [row] = await database.query<{ ms: number }>(
    statement('doctor.clock', 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms'),
  );
  const drift = Math.abs((row?.ms ?? 0) - Date.now());
  if (drift > maximalDriftMs)
    throw new Error(`This machine and the database differ by ${String(drift)} ms: let both follow a time server.`);
  return `This machine and the database differ by ${String(drift)} ms.`;
}

async function withDatabase(
  configuration: Configuration,
  work: (database: Database) => Promise<Finding[]>,
): Promise<Finding[]> {
  const folder = join(configuration.dataFolder, 'postgres');
  let stop = (): Promise<void> => Promise.resolve();
  let dataSource: DataSource;
  try {
    let url = configuration.databaseUrl ?? (await runningPostgres(folder))?.url;
    if (url === undefined) {
      const started = await startEmbeddedPostgres({ folder });
      stop = () => started.stop();
      url = started.url;
    }
    dataSource = await new DataSource(dataSourceOptions({ url, poolSize: 2 })).initialize();
  } catch (error) {
    await stop();
    const says = `${(error as Error).message}: see that PostgreSQL runs and that ASSAY_DATABASE_URL names it.`;
    return [{ part: 'database', ok: false, says }];
  }
  try {
    return await work(new Database(dataSource));
  } finally {
    await dataSource.destroy();
    await stop();
  }
}

/** Looks at every part that a server with this environment would use; changes nothing but an empty folder and a probe in the store. */
export async function examine(environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  let configuration: Configuration;
  try {
    configuration = readConfiguration(environment);
  } catch (error) {
    return [{ part: 'settings', ok: false, says: (error as Error).message }];
  }
  const settings: Finding = { part: 'settings', ok: true, says: 'All settings are usable.' };
  const folder = await find('folder', () => checkFolder(configuration));
  const database = await withDatabase(configuration, async (db) => [
    await find('database', () => checkDatabase(db)),
    await find('schema', () => checkSchema(db)),
    await find('clock', () => checkClock(db)),
    await find('forge', () => {
      const addresses = new Addresses({
        publicUrl: configuration.publicUrl ?? 'http://localhost',
        prefix: defaultPrefix,
      });
      return createForge(configuration.forge, db, addresses).check();
    }),
  ]);
  const store = await find('store', async () => {
    const artifacts = createArtifactStore(storeChoice(configuration));
    await artifacts.check();
    return `The ${artifacts.name} store takes, gives and deletes.`;
  });
  return [settings, folder, ...database, store];
}
