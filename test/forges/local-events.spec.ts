import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Database, dataSourceOptions } from '../../src/database';
import { LocalForge, LocalForgeAdmin, type ForgeEvent, type LocalProject } from '../../src/forge';
import { addresses, startLocal, type LocalFixture } from './local.fixture';

/** Waits until the list holds this many; gives up after five seconds. */
async function holds(list: readonly unknown[], count: number): Promise<void> {
  for (let tries = 0; list.length < count; tries += 1) {
    if (tries === 100) throw new Error(`${list.length} of ${count}: ${JSON.stringify(list)}`);
    await sleep(50);
  }
}

describe('changes of the local forge', () => {
  let fixture: LocalFixture;
  let project: LocalProject;
  let otherProcess: DataSource;
  let heard: ForgeEvent[];
  let stop: () => Promise<void>;

  beforeAll(async () => {
    fixture = await startLocal();
    otherProcess = await new DataSource(dataSourceOptions({ url: fixture.test.url })).initialize();
    project = await fixture.admin.createProject('told', { owner: 'owner' });
    await fixture.admin.pushCommit(project, 'topic');
  });

  beforeEach(async () => {
    heard = [];
    stop = await new LocalForge(new Database(otherProcess), addresses).listen((event) => heard.push(event));
  });

  afterEach(async () => {
    await stop();
  });

  afterAll(async () => {
    await otherProcess.destroy();
    await fixture.stop();
  });

  it('are heard by another process: rights, pushes, and the merge requests that they move', async () => {
    const { admin } = fixture;
    await admin.addMember(project, 'writer', 'write');
    const { iid } = await admin.createMergeRequest(project, { title: 'Topic', source: 'topic' });
    const { sha } = await admin.pushCommit(project, 'topic');
    const merged = await admin.mergeMergeRequest(project, iid);
    const ofRequest = { kind: 'merge-request', project: project.id, iid };
    await holds(heard, 6);
    expect(heard).toEqual([
      { kind: 'rights', project: project.id },
      ofRequest,
      { kind: 'push', project: project.id, branch: 'topic', sha },
      ofRequest,
      ofRequest,
      { kind: 'push', project: project.id, branch: 'main', sha: merged.sha },
    ]);
  });

  it('are not told when they are rolled back', async () => {
    const { admin } = fixture;
    const here: ForgeEvent[] = [];
    const end = admin.onEvent((event) => here.push(event));
    await expect(admin.addMember(project, 'nobody', 'write')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(admin.closeMergeRequest(project, 99)).rejects.toMatchObject({ kind: 'not-found' });
    await admin.addMember(project, 'reader', 'read');
    await holds(heard, 1);
    expect(heard).toEqual([{ kind: 'rights', project: project.id }]);
    expect(here).toEqual(heard);
    end();
    await admin.addMember(project, 'reader', 'read');
    expect(here).toHaveLength(1);
  });

  it('are heard again after the connection was cut', async () => {
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()`;
    expect(await fixture.test.database.query({ text: cut })).toHaveLength(1);
    const admin = new LocalForgeAdmin(fixture.test.database);
    for (let tries = 0; heard.length === 0 && tries < 100; tries += 1) {
      await admin.addMember(project, 'reader', 'read');
      await sleep(50);
    }
    expect(heard[0]).toEqual({ kind: 'rights', project: project.id });
  });

  it('are not heard after the end, which leaves no connection behind', async () => {
    await stop();
    await fixture.admin.addMember(project, 'reader', 'write');
    await sleep(100);
    expect(heard).toEqual([]);
    const listening = `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()`;
    expect(await fixture.test.database.query({ text: listening })).toEqual([]);
  });
});
