import type { QueryResultRow } from 'pg';

/** SQL text with its name; a named one is prepared once a connection and reused. Leave the name out for SQL that is composed per request. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

/** Anything that runs statements: the database itself, or a transaction. */
export interface Queryable {
  /** Rows as plain objects; `bigint` comes as a number, `double precision` as IEEE, NaN and ±Infinity included. */
  query<Row extends QueryResultRow>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/** Declares a prepared statement; names are unique across the code, such as `candidates.get`. */
export function statement(name: string, text: string): Statement {
  return { name, text };
}
