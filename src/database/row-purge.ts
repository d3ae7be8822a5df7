import { statement, type Queryable, type Statement } from './statement';

/** Rows that one statement removes; each is a transaction of its own. */
const rowsAtOnce = 10_000;

/**
 * Declares the removal of a table's rows in bounded steps; rows that another process removes at the same time are left to it.
 * @param where a condition on `$1` (the project) and `$2`; the count of each step comes as `count`
 */
export function purgeStatement(name: string, table: string, where: string): Statement {
  return statement(
    name,
    `WITH batch AS MATERIALIZED (
       SELECT ctid AS place FROM ${table} WHERE ${where} LIMIT ${String(rowsAtOnce)} FOR UPDATE SKIP LOCKED
     ), gone AS (
       DELETE FROM ${table} x USING batch WHERE ${where} AND x.ctid = batch.place RETURNING 1)
     SELECT count(*) AS count FROM gone`,
  );
}

/** Runs a {@link purgeStatement} until nothing is left that it can have. @returns how many rows went */
export async function purgeRows(database: Queryable, step: Statement, values: readonly unknown[]): Promise<number> {
  let gone = 0;
  for (;;) {
    const [row] = await database.query<{ count: number }>(step, values);
    const count = row?.count ?? 0;
    gone += count;
    if (count < rowsAtOnce) return gone;
  }
}
