import { runAssay } from '../support/assay';
import { createTestDatabase, type TestDatabase } from '../support/postgres';

describe('assay distribute', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it('says that there is no Citus, and fails', async () => {
    const { code, stdout, stderr } = await runAssay(['distribute'], { ASSAY_DATABASE_URL: db.url });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'This PostgreSQL does not have the extension citus, so there is nothing to distribute to; the server works without it.\n',
    );
  });

  it('needs a database of its own', async () => {
    const { code, stderr } = await runAssay(['distribute'], {});
    expect(code).toBe(1);
    expect(stderr).toContain('ASSAY_DATABASE_URL: needed here');
  });
});
