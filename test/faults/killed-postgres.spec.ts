import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedPostgresPid, startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject } from '../support/assay-acts';
import { startedBy } from '../support/processes';
import { faultsOf, startWriters, type Writers } from './writers';

describe('a PostgreSQL that is killed amid 16 clients', () => {
  let server: AssayServer;

  beforeAll(async () => {
    server = await startAssay({ env: { ASSAY_DATABASE_URL: '' } });
  });

  afterAll(async () => {
    await server.stop();
  });

  async function recovered(): Promise<{ statuses: Set<number>; retryAfter: string | null }> {
    const statuses = new Set<number>();
    let retryAfter: string | null = null;
    for (let waited = 0; waited < 30_000; waited += 50) {
      const { status, headers } = await server.call('GET', '/health/ready');
      statuses.add(status);
      if (status === 503) retryAfter = headers.get('retry-after');
      if (status === 200 && statuses.has(503)) break;
      await sleep(50);
    }
    return { statuses, retryAfter };
  }

  async function expectWhole(project: CreatedProject, writers: Writers, longest = 15_000): Promise<void> {
    const before = writers.written.map(({ batches }) => batches.acknowledged.length);
    const deadline = Date.now() + longest;
    const goOn = () => writers.written.every(({ batches }, at) => batches.acknowledged.length > (before[at] ?? 0) + 1);
    while (!goOn() && Date.now() < deadline) await sleep(100);
    expect(goOn()).toBe(true);
    await writers.stop();
    expect(await faultsOf(server, project, writers)).toEqual([]);
    const seen = new Set(writers.written.flatMap(({ statuses }) => [...statuses.keys()]));
    expect([...seen].sort()).toEqual([200, 503]);
  }

  it('is started again, every process of it killed: 503 meanwhile, then every acknowledged write, once', async () => {
    const project = await server.createProject('faults/database');
    const writers = await startWriters(server, project, { clients: 16, retry: true });
    await sleep(2_000);
    const postmaster = (await embeddedPostgresPid(server.dataFolder)) ?? 0;
    for (const pid of [postmaster, ...(await startedBy(postmaster))]) process.kill(pid, 'SIGKILL');
    const { statuses, retryAfter } = await recovered();
    expect([...statuses].sort()).toEqual([200, 503]);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(await embeddedPostgresPid(server.dataFolder)).not.toBe(postmaster);
    await expectWhole(project, writers);
  });

  it('recovers by itself when one of its backends is killed', async () => {
    const project = await server.createProject('faults/backend');
    const writers = await startWriters(server, project, { clients: 16, retry: true });
    await sleep(1_500);
    const postmaster = (await embeddedPostgresPid(server.dataFolder)) ?? 0;
    const backends = await startedBy(postmaster, /postgres: assay /);
    expect(backends.length).toBeGreaterThan(0);
    process.kill(backends.at(-1) ?? 0, 'SIGKILL');
    await sleep(1_000);
    await expectWhole(project, writers);
    expect(await embeddedPostgresPid(server.dataFolder)).toBe(postmaster);
  });

  it('keeps every acknowledged write when it is killed together with the server', async () => {
    const project = await server.createProject('faults/both');
    const writers = await startWriters(server, project, { clients: 16, retry: false });
    await sleep(2_000);
    const postmaster = (await embeddedPostgresPid(server.dataFolder)) ?? 0;
    const processes = [server.pid(), postmaster, ...(await startedBy(postmaster))];
    for (const pid of processes) process.kill(pid, 'SIGKILL');
    await writers.stop();
    await server.restart();
    expect(await faultsOf(server, project, writers)).toEqual([]);
  });

  it('is taken over, as it runs, by the server that starts after a killed one', async () => {
    const project = await server.createProject('faults/orphan');
    const writers = await startWriters(server, project, { clients: 4, retry: true });
    const postmaster = await embeddedPostgresPid(server.dataFolder);
    await sleep(500);
    await server.kill();
    await server.restart();
    expect(await embeddedPostgresPid(server.dataFolder)).toBe(postmaster);
    await sleep(500);
    await writers.stop();
    expect(await faultsOf(server, project, writers)).toEqual([]);
  });
});
