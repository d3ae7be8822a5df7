import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Database, dataSourceOptions, migrate } from '../../src/database';

/** A migrated database of its own on the run's real PostgreSQL; each spec file makes one and drops it at its end. */
export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly database: Database;
  drop(): Promise<void>;
}

/** The address of the run's PostgreSQL (a superuser's), set by the global setup. */
export function serverUrl(): string {
  const url = process.env['ASSAY_TEST_DATABASE_URL'];
  if (url === undefined)
    throw new Error('ASSAY_TEST_DATABASE_URL is not set: the global setup starts PostgreSQL and sets it');
  return url;
}

async function administer(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** An empty database without our schema, for tests that migrate by themselves. */
export async function createEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A database with our schema. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createEmptyDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  await migrate(client);
  await client.end();
  const dataSource = await new DataSource(dataSourceOptions({ url })).initialize();
  return {
    url,
    dataSource,
    database: new Database(dataSource),
    async drop() {
      await dataSource.destroy();
      await drop();
    },
  };
}
