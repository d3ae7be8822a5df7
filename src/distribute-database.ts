import { Client } from 'pg';
import { distribute, type DistributedTable } from './database';

/**
 * Distributes the tables of every project over the nodes of Citus; safe to repeat, as after each migration that brings new tables.
 * @param url `postgresql://user:password@host:port/database`, of the coordinator
 * @throws Error when the database does not have the extension `citus`
 */
export async function distributeDatabase(url: string): Promise<DistributedTable[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await distribute(client);
  } finally {
    await client.end();
  }
}
