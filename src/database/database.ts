import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { types, type Pool, type PoolClient, type QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import { dataSourceName } from './data-source';
import { asFailure } from './failures';
import { noteFailure } from './monitoring';
import type { Queryable, Statement } from './statement';

const int8 = 20;
const int8Array = 1016;
/** An array of one dimension without NULLs, as PostgreSQL writes it. */
function readNumbers(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}

const parserOf = types.getTypeParser as (oid: number, format?: string) => (value: string) => unknown;
const parseNumbers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === int8) return Number;
    if (oid === int8Array) return readNumbers;
    return parserOf(oid, format);
  },
} as typeof types;

async function run<Row extends QueryResultRow>(
  client: Pool | PoolClient,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const config = { text, values: values as unknown[], types: parseNumbers };
  const result = await client.query<Row>(name === undefined ? config : { ...config, name });
  return result.rows;
}

function failed(error: unknown): unknown {
  noteFailure(error);
  return asFailure(error);
}

/** The pool that TypeORM owns, for statements written by hand. Lost connections come out as `unavailable`. */
@Injectable()
export class Database implements Queryable {
  constructor(@InjectDataSource(dataSourceName) private readonly dataSource: DataSource) {}

  /** The `pg` pool itself, for libraries that want one (the job queue). */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  async query<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      return await run<Row>(this.pool, statement, values);
    } catch (error) {
      throw failed(error);
    }
  }

  /** Runs the work on one connection; only what `work` receives takes part. Commits when it returns, rolls back when it throws. */
  async transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    let client: PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      throw failed(error);
    }
    let broken: Error | undefined;
    // Without a listener, a connection lost between two statements would end the process.
    const lose = (error: Error): void => {
      broken = error;
    };
    client.on('error', lose);
    try {
      await client.query('BEGIN');
      const result = await work({ query: (statement, values = []) => run(client, statement, values) });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((lost: unknown) => {
        broken = lost as Error;
      });
      throw failed(error);
    } finally {
      client.removeListener('error', lose);
      client.release(broken);
    }
  }
}
