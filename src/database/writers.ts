import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../common';
import { statement, type Queryable } from './statement';

const pauseMs = 10;
/** Longer than any statement of ours may run. */
const patienceMs = 90_000;

const writers = statement(
  'database.writers',
  `SELECT DISTINCT l.virtualtransaction AS id FROM pg_locks l
     JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
    WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()
      AND l.relation = ANY (SELECT name::regclass::oid FROM unnest($1::text[]) AS name)`,
);

/**
 * Resolves when every transaction that writes to the tables at this moment has ended, without holding up others: whatever is written
 * from then on has seen what was committed before. A statement locks its tables before it looks at any row.
 * @throws AssayError `unavailable` when one takes too long
 */
export async function untilWritersEnd(database: Queryable, tables: readonly string[]): Promise<void> {
  const now = async (): Promise<string[]> =>
    (await database.query<{ id: string }>(writers, [tables])).map(({ id }) => id);
  const deadline = Date.now() + patienceMs;
  let waitedFor = new Set(await now());
  while (waitedFor.size > 0) {
    if (Date.now() > deadline) throw unavailable('A write to the database has not ended for long; try again.');
    await sleep(pauseMs);
    waitedFor = new Set((await now()).filter((id) => waitedFor.has(id)));
  }
}
