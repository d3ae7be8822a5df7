import { Database, type Statement } from '../../../src/database';

/** A database that keeps what was asked of it, so that it can be explained. */
export class ListeningDatabase extends Database {
  asked: [Statement, readonly unknown[]][] = [];

  override query<Row extends object>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    this.asked.push([statement, values]);
    return super.query(statement, values);
  }

  /** What the work asked, without what it had asked before. */
  async listen(work: () => Promise<unknown>): Promise<[Statement, readonly unknown[]][]> {
    this.asked = [];
    await work();
    return this.asked.splice(0);
  }
}
