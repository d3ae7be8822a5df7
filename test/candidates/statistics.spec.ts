import { eventually } from '../projects/wait';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { newProject, openHouse, plain } from './house';

describe('the statistics of young tables', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  async function tuples(table: string): Promise<number> {
    const text = `SELECT reltuples::float8 AS n FROM pg_class WHERE oid = ('assay.' || $1)::regclass`;
    const [row] = await db.database.query<{ n: number }>({ text }, [table]);
    return row?.n ?? 0;
  }

  it('follow a bulk load at once, but those of tables that stay tiny are left alone', async () => {
    const house = openHouse(db.database);
    const project = await newProject(db.database);
    await Promise.all(Array.from({ length: 1_200 }, () => house.candidates.create(project, plain())));
    await eventually(async () => (await tuples('candidates')) >= 1_000);
    expect(await tuples('experiments')).toBe(-1);
  });
});
