import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { jobsSchema } from './tasks';

/** Separates our advisory locks from those of other programs in the same database. */
const lockSpace = 0x6173_6a6f;

/** Milliseconds that a worker has to show that it lives. */
const certainAfter = 3_000;

function lockOf(worker: string): number {
  return createHash('sha256').update(worker).digest().readInt32BE(0);
}

/** Holds a lock as long as this connection lives, which tells the other processes that the worker lives. Never waits. */
export async function showLiving(client: ClientBase, worker: string): Promise<void> {
  await client.query('SELECT pg_try_advisory_lock($1, $2)', [lockSpace, lockOf(worker)]);
}

/**
 * Frees the jobs that a killed process was working on. Without it the queue would wait four hours before it believes that nobody does.
 * @returns how many dead workers there were
 */
export async function freeJobsOfTheDead(pool: Pool, self: string): Promise<number> {
  const { rows } = await pool.query<{ worker: string }>(
    `SELECT locked_by AS worker FROM ${jobsSchema}._private_jobs
      WHERE locked_by <> $1 AND locked_at < now() - $2 * interval '1 millisecond'
     UNION
     SELECT locked_by FROM ${jobsSchema}._private_job_queues
      WHERE locked_by <> $1 AND locked_at < now() - $2 * interval '1 millisecond'`,
    [self, certainAfter],
  );
  let dead = 0;
  for (const { worker } of rows) {
    const { rows: locks } = await pool.query<{ free: boolean }>(
      `SELECT CASE WHEN pg_try_advisory_xact_lock($1, $2)
                   THEN ${jobsSchema}.force_unlock_workers(ARRAY[$3]) IS NOT NULL ELSE false END AS free`,
      [lockSpace, lockOf(worker), worker],
    );
    if (locks[0]?.free === true) dead += 1;
  }
  return dead;
}

/**
 * Removes what a dead process was working on when the same work was put on the queue again: the queue lets such a job go (all ours
 * have a key) and never tries it, but would keep it for good.
 */
export async function removeSuperseded(pool: Pool): Promise<void> {
  await pool.query(
    `SELECT id FROM ${jobsSchema}.complete_jobs(ARRAY(
       SELECT id FROM ${jobsSchema}._private_jobs WHERE key IS NULL AND attempts >= max_attempts AND locked_by IS NULL))`,
  );
}
