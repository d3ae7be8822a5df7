import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedPostgresPid, readReadyFile, runAssay, startAssay, type AssayServer } from '../support/assay';
import { freePort } from '../support/children';
import { createEmptyDatabase } from '../support/postgres';
import { workersOf, isRunning } from '../support/processes';

interface Finding {
  part: string;
  ok: boolean;
  says: string;
}

let folders: string[] = [];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-command-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders = [];
});

async function logOne(server: AssayServer, uri: string, token: string): Promise<string> {
  const created = await server.call('POST', `${uri}/api/2.0/mlflow/runs/create`, {
    token,
    body: { experiment_id: '0', run_name: 'kept' },
  });
  expect(created.status).toBe(200);
  return (created.json() as { run: { info: { run_id: string } } }).run.info.run_id;
}

describe('the running server', () => {
  let server: AssayServer;

  beforeAll(async () => {
    server = await startAssay();
  });

  afterAll(async () => {
    await server.stop();
  });

  it('says in ready.json, to its own user alone, where it answers', async () => {
    const { mode } = await stat(join(server.dataFolder, 'ready.json'));
    expect(mode & 0o777).toBe(0o600);
    const ready = await readReadyFile(server.dataFolder);
    expect(ready).toMatchObject({ url: server.url, pid: server.pid() });
    expect(ready.admin_token).toMatch(/^assay-admin-/);
    const health = await Promise.all(['/health/live', '/health/ready', '/'].map((path) => server.call('GET', path)));
    expect(health.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('keeps its secrets to its own user', async () => {
    const files = await readdir(server.dataFolder, { withFileTypes: true });
    for (const { name } of files.filter((file) => file.isFile())) {
      expect((await stat(join(server.dataFolder, name))).mode & 0o077).toBe(0);
    }
  });

  it('is managed by the command line', async () => {
    const env = { ASSAY_DATA_DIR: server.dataFolder };
    const local = async <T>(...args: string[]): Promise<T> => {
      const { code, stdout, stderr } = await runAssay(['local', ...args, '--json'], env);
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
      return JSON.parse(stdout) as T;
    };
    const project = await local<Record<string, unknown>>('project', 'create', 'team/iris', '--visibility', 'public');
    expect(project).toMatchObject({ project: 'team/iris', token: expect.any(String) as string });
    expect(project['tracking_uri']).toBe(`${server.url}/api/v4/projects/${String(project['project_id'])}/ml/mlflow`);
    expect(await local('project', 'list')).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: 'team/iris' }) as unknown]),
    );
    await local('user', 'create', 'ada');
    await local('member', 'set', 'team/iris', 'ada', 'write');
    expect(JSON.stringify(await local('member', 'list', 'team/iris'))).toContain('ada');
    const { id, token } = await local<{ id: number; token: string }>('token', 'create', 'ada');
    await logOne(server, String(project['tracking_uri']), token);
    await local('token', 'revoke', String(id));
    await local('member', 'remove', 'team/iris', 'ada');
    await local('token', 'create-for-project', 'team/iris', '--role', 'read');
    const pushed = await local<{ sha: string }>('mr', 'push', 'team/iris', 'wider');
    expect(pushed.sha).toMatch(/^[0-9a-f]{40}$/);
    await local('mr', 'create', 'team/iris', 'wider', '--title', 'Wider');
    expect(await local('mr', 'show', 'team/iris', '1')).toMatchObject({
      iid: 1,
      state: 'open',
      source_sha: pushed.sha,
    });
    await local('mr', 'close', 'team/iris', '1');
    expect(await local('mr', 'show', 'team/iris', '1')).toMatchObject({ state: 'closed' });
  });

  it('says in words what the command line cannot do', async () => {
    const env = { ASSAY_DATA_DIR: server.dataFolder };
    for (const args of [
      ['local', 'project', 'create', 'team/iris2', '--visibility', 'secret'],
      ['local', 'member', 'set', 'no/where', 'ada', 'write'],
      ['local', 'mr', 'show', 'no/where', '1'],
    ]) {
      const { code, stdout, stderr } = await runAssay(args, env);
      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
      expect(stderr.trim()).toMatch(/^[A-Za-z].*[.\w]$/);
      expect(stderr).not.toMatch(/ {4}at /);
    }
    const nowhere = await runAssay(['local', 'project', 'list'], { ASSAY_DATA_DIR: await temporaryFolder() });
    expect(nowhere).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^No server runs on the data folder/) as string,
    });
  });

  it('lets no second server on its folder, nor on its port', async () => {
    const same = await runAssay(['serve'], { ASSAY_DATA_DIR: server.dataFolder, ASSAY_PORT: '0' });
    expect(same.code).toBe(1);
    expect(same.stderr.trim()).toMatch(/^The data folder .* is in use by process \d+: .*\.$/);
    const taken = await runAssay(['serve'], {
      ASSAY_DATA_DIR: await temporaryFolder(),
      ASSAY_PORT: new URL(server.url).port,
    });
    expect(taken.code).toBe(1);
    expect(taken.stderr.trim()).toMatch(/^Port \d+ of 127\.0\.0\.1 is taken by another program: .*\.$/);
  });
});

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s with code 0, and keeps the data for the next start',
    async (signal) => {
      const server = await startAssay();
      try {
        const project = await server.createProject('team/kept');
        const run = await logOne(server, project.tracking_uri, project.token);
        process.kill(server.pid(), signal);
        for (let waited = 0; server.exitCode() === null && waited < 10_000; waited += 50) await sleep(50);
        expect(server.exitCode()).toBe(0);
        expect(await readdir(server.dataFolder)).not.toContain('ready.json');
        await server.restart();
        const found = await server.call('GET', `${project.tracking_uri}/api/2.0/mlflow/runs/get?run_id=${run}`, {
          token: project.token,
        });
        expect(found.text).toContain('"run_name":"kept"');
      } finally {
        await server.stop();
      }
    },
  );

  it('takes the embedded PostgreSQL and every worker with it, and finds its data again', async () => {
    const server = await startAssay({ env: { ASSAY_DATABASE_URL: '', ASSAY_WORKERS: '2' } });
    try {
      const postgres = await embeddedPostgresPid(server.dataFolder);
      const started = await workersOf(server.pid());
      expect(isRunning(postgres ?? 0)).toBe(true);
      expect(started.length).toBeGreaterThanOrEqual(2);
      const project = await server.createProject('team/embedded');
      const run = await logOne(server, project.tracking_uri, project.token);
      await server.terminate();
      expect(server.exitCode()).toBe(0);
      expect([...started, postgres ?? 0].filter(isRunning)).toEqual([]);
      await server.restart();
      const path = `${project.tracking_uri}/api/2.0/mlflow/runs/get?run_id=${run}`;
      expect((await server.call('GET', path, { token: project.token })).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});

describe('several workers', () => {
  it('serve together, and one that dies is replaced', async () => {
    const server = await startAssay({ env: { ASSAY_WORKERS: '2' } });
    try {
      const project = await server.createProject('team/workers');
      const before = await workersOf(server.pid());
      expect(before).toHaveLength(2);
      process.kill(before[0] ?? 0, 'SIGKILL');
      for (let waited = 0; waited < 15_000; waited += 100) {
        const now = await workersOf(server.pid());
        if (now.length === 2 && !now.includes(before[0] ?? 0)) break;
        await sleep(100);
      }
      expect(await workersOf(server.pid())).toHaveLength(2);
      await sleep(1_500);
      const runs = await Promise.all(
        Array.from({ length: 20 }, () => logOne(server, project.tracking_uri, project.token)),
      );
      expect(new Set(runs).size).toBe(20);
    } finally {
      await server.stop();
    }
  });

  it('end when the first process is killed, and the next start serves on the same port', async () => {
    const server = await startAssay({ env: { ASSAY_WORKERS: '2' } });
    try {
      const project = await server.createProject('team/orphans');
      const workers = await workersOf(server.pid());
      await server.kill();
      for (let waited = 0; waited < 10_000 && workers.some(isRunning); waited += 100) await sleep(100);
      expect(workers.filter(isRunning)).toEqual([]);
      await server.restart();
      await logOne(server, project.tracking_uri, project.token);
    } finally {
      await server.stop();
    }
  });
});

describe('settings', () => {
  it.each([
    [{ ASSAY_PORT: 'many' }, 'ASSAY_PORT: is a whole number'],
    [{ ASSAY_WORKERS: '0' }, 'ASSAY_WORKERS: is at least 1'],
    [{ ASSAY_DATABASE_URL: 'mysql://x/y' }, 'ASSAY_DATABASE_URL: is an address such as postgresql://'],
    [{ ASSAY_S3_BUCKET: 'b' }, 'ASSAY_S3_ENDPOINT, ASSAY_S3_ACCESS_KEY, ASSAY_S3_SECRET_KEY: needed as well'],
    [{ ASSAY_FORGE: 'gitea' }, 'ASSAY_FORGE_URL: needed with ASSAY_FORGE=gitea'],
    [{ ASSAY_DATABSE_URL: 'x' }, 'ASSAY_DATABSE_URL: no such setting'],
  ])('that are wrong are named: %j', async (env, says) => {
    const { code, stdout, stderr } = await runAssay(['serve'], { ASSAY_DATA_DIR: await temporaryFolder(), ...env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/ {4}at /);
  });

  it('show in --help of every command', async () => {
    for (const args of [['serve'], ['migrate'], ['doctor'], ['local'], ['local', 'project', 'create']]) {
      const { code, stdout } = await runAssay([...args, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain('Usage: assay');
    }
  });
});

describe('migrate', () => {
  it('brings an empty database up to date, and does nothing the second time', async () => {
    const database = await createEmptyDatabase();
    try {
      const env = { ASSAY_DATABASE_URL: database.url };
      const [first, second] = [await runAssay(['migrate', '--json'], env), await runAssay(['migrate', '--json'], env)];
      expect([first.code, second.code]).toEqual([0, 0]);
      expect((JSON.parse(first.stdout) as { migrations: string[] }).migrations.length).toBeGreaterThan(3);
      expect(JSON.parse(second.stdout)).toEqual({ migrations: [] });
      const words = await runAssay(['migrate'], env);
      expect(words.stdout).toBe('The schema is up to date.\n');
    } finally {
      await database.drop();
    }
  });

  it('says which setting it needs, and why it cannot reach a database', async () => {
    expect(await runAssay(['migrate'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ASSAY_DATABASE_URL') as string,
    });
    const address = `postgresql://127.0.0.1:${await freePort()}/none`;
    const down = await runAssay(['migrate'], { ASSAY_DATABASE_URL: address });
    expect(down.code).toBe(1);
    expect(down.stderr).toContain('ECONNREFUSED');
  });
});

describe('doctor', () => {
  async function examine(env: Record<string, string>): Promise<{ code: number; findings: Finding[] }> {
    const { code, stdout } = await runAssay(['doctor', '--json'], { ASSAY_DATA_DIR: await temporaryFolder(), ...env });
    return { code, findings: JSON.parse(stdout) as Finding[] };
  }
  const bad = (findings: Finding[]) => findings.filter(({ ok }) => !ok).map(({ part }) => part);

  it('finds nothing wrong beside a server that runs', async () => {
    const database = await createEmptyDatabase();
    const server = await startAssay({ env: { ASSAY_DATABASE_URL: database.url } });
    try {
      const env = { ASSAY_DATABASE_URL: database.url, ASSAY_DATA_DIR: server.dataFolder };
      const { code, findings } = await examine(env);
      expect({ code, bad: bad(findings) }).toEqual({ code: 0, bad: [] });
      const parts = findings.map(({ part }) => part).sort();
      expect(parts).toEqual(['clock', 'database', 'folder', 'forge', 'schema', 'settings', 'store']);
    } finally {
      await server.stop();
      await database.drop();
    }
  });

  it('finds a schema that is not up to date', async () => {
    const database = await createEmptyDatabase();
    const { code, findings } = await examine({ ASSAY_DATABASE_URL: database.url });
    expect(code).toBe(1);
    expect(bad(findings)).toContain('schema');
    expect(findings.find(({ part }) => part === 'schema')?.says).toContain('assay migrate');
    await database.drop();
  });

  it('finds a database that is down', async () => {
    const { code, findings } = await examine({ ASSAY_DATABASE_URL: `postgresql://127.0.0.1:${await freePort()}/none` });
    expect({ code, bad: bad(findings) }).toEqual({ code: 1, bad: ['database'] });
    expect(findings.find(({ part }) => part === 'database')?.says).toContain('ASSAY_DATABASE_URL');
  });

  it('finds a store that is down', async () => {
    const database = await createEmptyDatabase();
    expect((await runAssay(['migrate'], { ASSAY_DATABASE_URL: database.url })).code).toBe(0);
    const { code, findings } = await examine({
      ASSAY_DATABASE_URL: database.url,
      ASSAY_S3_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      ASSAY_S3_BUCKET: 'assay',
      ASSAY_S3_ACCESS_KEY: 'key',
      ASSAY_S3_SECRET_KEY: 'not-to-be-shown',
    });
    expect({ code, bad: bad(findings) }).toEqual({ code: 1, bad: ['store'] });
    expect(JSON.stringify(findings)).not.toContain('not-to-be-shown');
    await database.drop();
  });

  it('finds a folder that is none', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const database = await createEmptyDatabase();
    const { code, findings } = await examine({
      ASSAY_DATABASE_URL: database.url,
      ASSAY_DATA_DIR: join(folder, 'file/below'),
    });
    expect(code).toBe(1);
    expect(bad(findings)).toContain('folder');
    await database.drop();
  });
});

describe('a port that another program has', () => {
  it('is refused before anything is started', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const folder = await temporaryFolder();
    const port = String((other.address() as AddressInfo).port);
    const { code, stderr } = await runAssay(['serve'], { ASSAY_DATA_DIR: folder, ASSAY_PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} of 127.0.0.1 is taken`);
    expect(await readdir(folder)).not.toContain('postgres');
  });
});
