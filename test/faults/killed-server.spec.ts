import { setTimeout as sleep } from 'node:timers/promises';
import { startAssay, type AssayServer } from '../support/assay';
import { faultsOf, startWriters } from './writers';

describe('a server that is killed amid 16 clients', () => {
  let server: AssayServer;

  beforeAll(async () => {
    server = await startAssay();
  });

  afterAll(async () => {
    await server.stop();
  });

  it('has every acknowledged write when it starts again: whole, and once', async () => {
    const project = await server.createProject('faults/killed');
    const writers = await startWriters(server, project, { clients: 16, retry: false });
    await sleep(4_000);
    await server.kill();
    await writers.stop();
    const acknowledged = writers.written.reduce((sum, { batches }) => sum + batches.acknowledged.length, 0);
    expect(acknowledged).toBeGreaterThan(50);
    await server.restart();
    expect(await faultsOf(server, project, writers)).toEqual([]);
  });

  it('loses and doubles nothing for clients that repeat what was not acknowledged', async () => {
    const project = await server.createProject('faults/repeated');
    const writers = await startWriters(server, project, { clients: 16, retry: true });
    for (let turn = 0; turn < 2; turn += 1) {
      await sleep(1_500);
      await server.kill();
      await server.restart();
    }
    await sleep(1_500);
    await writers.stop();
    expect(await faultsOf(server, project, writers)).toEqual([]);
    for (const { statuses } of writers.written) expect([...statuses.keys()].sort()).toEqual([0, 200]);
  });

  it('answers what is under way before it ends on SIGTERM', async () => {
    const project = await server.createProject('faults/terminated');
    const writers = await startWriters(server, project, { clients: 16, retry: false });
    await sleep(1_500);
    await server.terminate();
    await writers.stop();
    expect(server.exitCode()).toBe(0);
    await server.restart();
    expect(await faultsOf(server, project, writers)).toEqual([]);
  });
});
