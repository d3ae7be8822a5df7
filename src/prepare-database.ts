import { Client } from 'pg';
import { migrate } from './database';
import { prepareQueue } from './merge-requests';

/**
 * Brings our schemas and the job queue's up to date; safe to repeat, and while an older version serves. Run it before the app starts.
 * @param url `postgresql://user:password@host:port/database`
 * @returns the names of the migrations that ran now
 */
export async function prepareDatabase(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const names = await migrate(client);
    await prepareQueue(url);
    return names;
  } finally {
    await client.end();
  }
}
