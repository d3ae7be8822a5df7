import { statement } from '../../src/database';
import { createTestDatabase } from '../support/postgres';

describe('a connection that is lost in the middle of a transaction', () => {
  it('is an `unavailable` to its caller, and the next transaction gets another', async () => {
    const { database, drop } = await createTestDatabase();
    const lost = database.transaction(async (transaction) => {
      const pid = statement('test.pid', 'SELECT pg_backend_pid() AS pid');
      const [row] = await transaction.query<{ pid: number }>(pid);
      await database.query({ text: 'SELECT pg_terminate_backend($1)' }, [row?.pid]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await transaction.query({ text: 'SELECT 1' });
    });
    await expect(lost).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await database.transaction((transaction) => transaction.query({ text: 'SELECT 1 AS one' }))).toEqual([
      { one: 1 },
    ]);
    await drop();
  });
});
