import type { ClientRequest, IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { candidatesDefaults } from '../../../src/candidates';
import { until } from '../../support/until';
import { lengthOf, logSweep, startExportWorld, type ExportWorld } from './exporting';

const count = 4_000;
const wanted = { experiment: '1', columns: 'iid,name,metrics.*,params.*' };

async function* linesOf(answer: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of answer) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new Error(`The last line has no end: ${rest.slice(0, 80)}`);
}

describe.each(['fastify', 'express'] as const)(`an export of ${count} candidates on %s`, (adapter) => {
  let world: ExportWorld;
  let size: number;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    world = await startExportWorld(adapter);
    size = await logSweep(world, count);
    (world.app.getHttpServer() as Server).on('connection', (socket: Socket) => sockets.add(socket));
  });
  afterAll(() => world.close());

  /** How many of the server's connections to the database are in a transaction. */
  async function transactions(): Promise<number> {
    const rows = await world.database.query<{ pid: number }>({
      text: `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND xact_start IS NOT NULL AND backend_type = 'client backend'`,
    });
    return rows.length;
  }

  const none = (): Promise<true | undefined> => transactions().then((open) => (open === 0 ? true : undefined));

  /** An export whose client takes nothing, once the server has stopped to send. */
  async function stalled(): Promise<{ request: ClientRequest; answer: IncomingMessage; sent: number }> {
    sockets.clear();
    const { request, answer } = await world.open('candidates/export', { ...wanted, format: 'ndjson' });
    const [socket] = sockets;
    if (socket === undefined) throw new Error('The server saw no connection');
    let before = -1;
    let quiet = 0;
    await until('the server to wait for its client', 30_000, () => {
      quiet = socket.bytesWritten > 0 && socket.bytesWritten === before ? quiet + 1 : 0;
      before = socket.bytesWritten;
      return Promise.resolve(quiet === 6 ? true : undefined);
    });
    return { request, answer, sent: before };
  }

  it('goes as fast as its client takes it, and tells of one moment however long that is', async () => {
    const { answer, sent } = await stalled();
    expect(sent).toBeLessThan(size / 4);
    await world.database.query({ text: `UPDATE assay.candidates SET name = 'changed' WHERE project_id = $1` }, [
      world.project,
    ]);
    let rows = 0;
    for await (const line of linesOf(answer)) {
      rows += 1;
      const { iid, name } = JSON.parse(line) as { iid: number; name: string };
      if (name !== `trial ${iid}`) throw new Error(`Candidate ${iid} is called ${name}`);
    }
    expect(rows).toBe(count);
    await world.database.query({ text: `UPDATE assay.candidates SET name = 'trial ' || iid WHERE project_id = $1` }, [
      world.project,
    ]);
  });

  it('frees its connection to the database when the client goes away', async () => {
    const { request } = await stalled();
    expect(await transactions()).toBe(1);
    request.destroy();
    await until('the transaction to end', 10_000, none);
  });

  it('breaks off visibly when the database is lost amid the rows', async () => {
    const { answer } = await stalled();
    await world.database.query({
      text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
        AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'`,
    });
    await expect(lengthOf(answer)).rejects.toThrow(/aborted|ECONNRESET/);
    await until('the transaction to end', 10_000, none);
  });

  it('waits for its turn when as many as may are under way', async () => {
    const open = [];
    for (let index = 0; index < candidatesDefaults.exportsAtOnce; index += 1) open.push(await stalled());
    const refused = await world.call('GET', 'candidates/export?format=csv');
    expect([refused.status, refused.body['error'], refused.headers.get('retry-after')]).toEqual([
      429,
      'rate-limited',
      '10',
    ]);
    for (const { request } of open) request.destroy();
    await until('the transactions to end', 10_000, none);
    const { answer } = await world.open('candidates/export', { experiment: '1', columns: 'iid' });
    expect(answer.statusCode).toBe(200);
    expect(await lengthOf(answer)).toBeGreaterThan(count);
  });
});
