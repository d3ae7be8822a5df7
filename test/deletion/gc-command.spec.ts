import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runAssay, startAssay, type AssayServer, type CommandResult } from '../support/assay';
import { assayProgram } from '../support/assay-build';
import { startChild } from '../support/children';
import { isRunning } from '../support/processes';
import { describeStores } from './store-places';
import { noRows, startWorld, untilTrue, type World } from './world';

describeStores((place) => {
  let world: World;
  let env: Record<string, string>;

  beforeAll(async () => {
    world = await startWorld(place().store, { work: false });
    env = { ...place().env, ASSAY_DATABASE_URL: world.databaseUrl };
  });

  afterAll(() => world.close());

  it('may be killed at any time and leaves nothing behind when it is run again', async () => {
    const { id } = await world.project();
    const live = await world.fill(id);
    const before = [await world.rows(id), await world.files(id)];
    const iid = await world.experiment(id, 'old');
    for (let index = 0; index < 24; index += 1) await world.fill(id, { experiment: iid, points: 500 });
    await world.experiments.delete(id, iid);
    await world.age(id, 31);

    let kills = 0;
    for (const remaining of [22, 10]) {
      const child = await startChild({ program: process.execPath, args: [assayProgram(), 'gc'], env });
      await untilTrue(async () => ((await world.rows(id))['candidates'] ?? 0) <= remaining || !child.running());
      if (child.running()) kills += 1;
      await child.kill();
    }
    expect(kills).toBeGreaterThan(0);
    expect((await world.rows(id))['candidates']).toBeGreaterThan(1);

    const done = await runAssay(['gc', '--json'], env);
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect([await world.rows(id), await world.files(id)]).toEqual(before);
    expect(await world.storage.usage(id)).toMatchObject({ files: 3, bytes: 35 });
    await world.candidates.get(id, live.eid);
    const again = JSON.parse((await runAssay(['gc', '--json'], env)).stdout) as { total: object };
    expect(again.total).toEqual({ candidates: 0, experiments: 0, models: 0, points: 0, files: 0, bytes: 0 });
  });

  it('prints for people what it would free and what it freed, project by project and in total', async () => {
    const { id } = await world.project();
    const candidate = await world.fill(id, { points: 1_234 });
    await world.candidates.delete(id, candidate.eid);
    await world.age(id, 8);
    const what = '1 candidate, 0 experiments, 1 model, 1,235 points, 3 files (35 bytes)';
    const dry = await runAssay(['gc', '--dry-run', '--older-than', '7d'], env);
    expect([dry.code, dry.stderr]).toEqual([0, '']);
    expect(dry.stdout).toMatch(new RegExp(`^team/deletion-\\d+: would free ${escaped(what)}\\n`));
    expect(dry.stdout).toContain(`In total: would free ${what}, 0 unfinished uploads (0 bytes)`);
    expect((await world.rows(id))['candidates']).toBe(1);
    const real = await runAssay(['gc', '--older-than', '7d', '--project', String(id)], env);
    expect(real.stdout).toContain(`: freed ${what}\nIn total: freed ${what}`);
    expect(await world.rows(id)).toEqual({ ...noRows, datasets: 1 });
  });

  it('says what is wrong and ends with 1', async () => {
    const bad = await runAssay(['gc', '--older-than', 'soon'], env);
    expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('such as 30d, 12h or 90m')]);
    const none = await runAssay(['gc', '--project', 'team/none'], env);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('There is no project team/none')]);
    const { ASSAY_DATA_DIR: folder = '' } = env;
    const down = {
      ...env,
      ASSAY_S3_ENDPOINT: 'http://127.0.0.1:9',
      ASSAY_S3_BUCKET: 'b',
      ...keys,
      ASSAY_DATA_DIR: folder,
    };
    const unreachable = await runAssay(['gc', '--json'], down);
    expect(unreachable.code).toBe(1);
    expect(unreachable.stdout).toContain('The artifact store');
  });
});

const keys = { ASSAY_S3_ACCESS_KEY: 'a', ASSAY_S3_SECRET_KEY: 's' };

function escaped(text: string): string {
  return text.replace(/[()]/g, String.raw`\$&`);
}

describe('assay gc on the embedded database', () => {
  let server: AssayServer;
  let project: { project_id: number; token: string };

  beforeAll(async () => {
    server = await startAssay({ env: { ASSAY_DATABASE_URL: '' } });
    project = await server.createProject('ml/iris');
  });
  afterAll(() => server.stop());

  const gc = (...args: string[]): Promise<CommandResult> =>
    runAssay(['gc', '--older-than', '0s', '--json', ...args], { ASSAY_DATA_DIR: server.dataFolder });

  async function deletedRun(): Promise<void> {
    const base = `/api/v4/projects/${String(project.project_id)}/ml/mlflow/api/2.0/mlflow`;
    const { token } = project;
    const created = await server.call('POST', `${base}/runs/create`, { token, body: { experiment_id: '0' } });
    const { run } = created.json() as { run: { info: { run_id: string; artifact_uri: string } } };
    const path = `${base}-artifacts/artifacts/${run.info.artifact_uri.replace('mlflow-artifacts:/', '')}/a.txt`;
    expect((await server.call('PUT', path, { token, content: 'hello' })).status).toBe(200);
    await server.call('POST', `${base}/runs/delete`, { token, body: { run_id: run.info.run_id } });
  }

  it('works beside the running server, which goes on', async () => {
    await deletedRun();
    const { code, stdout, stderr } = await gc();
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ dry_run: false, total: { candidates: 1, files: 1, bytes: 5 } });
    expect((await server.call('GET', '/health/ready')).status).toBe(200);
  });

  it('starts the database when no server runs, and ends it again', async () => {
    await deletedRun();
    await server.terminate();
    const { code, stdout, stderr } = await gc();
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ total: { candidates: 1, files: 1, bytes: 5 } });
    const pidFile = join(server.dataFolder, 'postgres/data/postmaster.pid');
    await expect(stat(pidFile)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(isRunning(server.pid())).toBe(false);
    await server.restart();
    expect(JSON.parse((await gc('--dry-run')).stdout)).toMatchObject({
      dry_run: true,
      total: { candidates: 0, files: 0 },
    });
  });

  it('lets the operator limit a project', async () => {
    const env = { ASSAY_DATA_DIR: server.dataFolder };
    const limit = (...args: string[]): Promise<CommandResult> =>
      runAssay(['project', 'limit', 'ml/iris', ...args, '--json'], env);
    expect(JSON.parse((await limit('1MB')).stdout)).toMatchObject({ limit_bytes: 1_000_000, own_limit: true });
    expect(JSON.parse((await limit()).stdout)).toMatchObject({ used_bytes: 0, limit_bytes: 1_000_000 });
    expect(JSON.parse((await limit('default')).stdout)).toMatchObject({ own_limit: false });
    expect(await limit('much')).toMatchObject({ code: 1, stderr: expect.stringContaining('is no size') as string });
  });
});
