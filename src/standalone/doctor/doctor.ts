import { access, constants, mkdir } from 'node:fs/promises';
import { Addresses, createArtifactStore, createForge, defaultPrefix, statement, type Database } from '../../index';
import { readConfiguration, type Configuration } from '../config/environment';
import { checkMigrated, openDatabase, type OpenDatabase } from '../postgres/open-database';
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
  return `All ${String(await checkMigrated(database))} migrations have run.`;
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
  let open: OpenDatabase;
  try {
    open = await openDatabase(configuration);
  } catch (error) {
    const says = `${(error as Error).message}: see that PostgreSQL runs and that ASSAY_DATABASE_URL names it.`;
    return [{ part: 'database', ok: false, says }];
  }
  try {
    return await work(open.database);
  } finally {
    await open.close();
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
