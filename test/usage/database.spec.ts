import { assayMetrics, invalid } from '../../src/common';
import { Database, statement, type Statement } from '../../src/database';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { readExposition, sumOf } from './exposition';

const kinds = ['unavailable', 'timeout', 'constraint', 'other'] as const;
type Kind = (typeof kinds)[number];

describe('the failures of statements', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  async function failures(): Promise<Record<Kind, number>> {
    const metrics = readExposition(await assayMetrics.metrics());
    const values = kinds.map((kind) => [kind, sumOf(metrics, 'assay_database_failures_total', { kind })]);
    return Object.fromEntries(values) as Record<Kind, number>;
  }

  async function counted(work: (database: Database) => Promise<unknown>): Promise<Partial<Record<Kind, number>>> {
    const before = await failures();
    await expect(work(db.database)).rejects.toThrow();
    const after = await failures();
    const grown = kinds.map((kind) => [kind, after[kind] - before[kind]] as const);
    return Object.fromEntries(grown.filter(([, by]) => by !== 0));
  }

  const ask = (text: string): Statement => ({ text });
  const project = `INSERT INTO assay.projects (project_id, path, default_branch, visibility, enabled_by)
    VALUES (1, 'a/b', 'main', $1, 'me')`;

  it('are told by their kinds', async () => {
    expect(await counted((database) => database.query(ask(project), ['nowhere']))).toEqual({ constraint: 1 });
    expect(await counted((database) => database.query(ask('SELECT nothing')))).toEqual({ other: 1 });
    const kill = ask('SELECT pg_terminate_backend(pg_backend_pid())');
    expect(await counted((database) => database.query(kill))).toEqual({ unavailable: 1 });
    const slowly = counted((database) =>
      database.transaction(async (transaction) => {
        await transaction.query(ask('SET LOCAL statement_timeout = 20'));
        await transaction.query(ask('SELECT pg_sleep(60)'));
      }),
    );
    expect(await slowly).toEqual({ timeout: 1 });
  });

  it('are counted once within a transaction, and what a feature refuses is none', async () => {
    const twice = statement('test.twice', project);
    const failing = counted((database) =>
      database.transaction(async (transaction) => {
        await transaction.query(twice, ['private']);
        await transaction.query(twice, ['private']);
      }),
    );
    expect(await failing).toEqual({ constraint: 1 });
    expect(await counted((database) => database.transaction(() => Promise.reject(invalid('no'))))).toEqual({});
    expect(await counted((database) => database.transaction(() => Promise.reject(new Error('a defect'))))).toEqual({});
  });
});
