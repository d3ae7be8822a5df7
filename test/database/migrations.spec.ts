import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { statement } from '../../src/database';

describe('a migrated database', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it('has project_id first in every primary key, unique index and foreign key', async () => {
    const rows = await db.database.query<{ name: string; first: string }>(
      statement(
        'test.keys',
        `SELECT i.indexrelid::regclass::text AS name, a.attname AS first
           FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
          WHERE n.nspname = 'assay' AND i.indisunique AND t.relname <> 'migrations'`,
      ),
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ first }) => first !== 'project_id')).toEqual([]);
  });

  it('reads bigint as numbers and keeps NaN and the infinities', async () => {
    const [row] = await db.database.query(
      statement('test.numbers', `SELECT 7::bigint AS n, $1::float8[] AS v, '{1,2}'::bigint[] AS a`),
      [[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    );
    expect(row).toEqual({ n: 7, v: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], a: [1, 2] });
  });
});
