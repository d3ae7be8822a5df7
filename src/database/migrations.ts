import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, PoolClient } from 'pg';

/** One frozen SQL file. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The frozen SQL files that come with this version. */
const migrationsFolder = join(__dirname, '../../migrations');

/** Any number that no other program takes for its advisory lock. */
const lockKey = 0x6173_7361;

const bookkeeping = `
  CREATE SCHEMA IF NOT EXISTS assay;
  CREATE TABLE IF NOT EXISTS assay.migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`;

/** Reads the folder's `.sql` files in the order of their names. */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function pending(client: Client | PoolClient, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM assay.migrations',
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  return migrations.filter((migration) => {
    const checksum = applied.get(migration.name);
    if (checksum !== undefined && checksum !== migration.checksum) {
      throw new Error(
        `Migration ${migration.name} was changed after it ran on this database; restore the file as it was released.`,
      );
    }
    return checksum === undefined;
  });
}

/**
 * Brings the schema up to date, each file in a transaction of its own, one server at a time (an advisory lock).
 * @returns the names of the files that ran now
 */
export async function migrate(client: Client | PoolClient, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
  try {
    await client.query(bookkeeping);
    const due = await pending(client, migrations);
    for (const migration of due) {
      await client.query('BEGIN');
      try {
        await client.query(migration.sql);
        await client.query('INSERT INTO assay.migrations (name, checksum) VALUES ($1, $2)', [
          migration.name,
          migration.checksum,
        ]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
      }
    }
    return due.map(({ name }) => name);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lockKey]);
  }
}
