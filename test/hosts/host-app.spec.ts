import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { AppModule } from '../../examples/host-app/src/app.module';
import { Studio } from '../../examples/host-app/src/studio/studio';
import { StudioForge } from '../../examples/host-app/src/studio/studio.forge';
import { StudioModule } from '../../examples/host-app/src/studio/studio.module';
import {
  assayEntities,
  AssayModule,
  dataSourceOptions,
  prepareHost,
  prepareDatabase,
  type AssayOptions,
} from '../../src';
import { assayActs, type AssayActs } from '../support/assay-acts';
import { freePort } from '../support/children';
import { runPython } from '../support/mlflow-client';
import { describePart } from '../support/parts';
import { createTestDatabase, type TestDatabase } from '../support/postgres';

const adapters = {
  Fastify: () => new FastifyAdapter(),
  Express: () => new ExpressAdapter(),
};
const prefix = 'hub';
const sessionSecret = 'a secret of at least 32 characters';

type RootModule = Parameters<typeof NestFactory.create>[0];

interface Host extends AssayActs {
  url: string;
  uri: string;
  close(): Promise<void>;
}

interface Place {
  publicUrl: string;
  artifactsFolder: string;
}

/** Starts a host below the global prefix, with Assay enabled on its project by the owner. */
async function startHost(adapter: keyof typeof adapters, module: (place: Place) => RootModule): Promise<Host> {
  const artifactsFolder = await mkdtemp(join(tmpdir(), 'assay-host-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/${prefix}`;
  const root = module({ publicUrl: url, artifactsFolder });
  const app: INestApplication = await NestFactory.create(root as Type, adapters[adapter](), { logger: ['error'] });
  app.setGlobalPrefix(prefix);
  prepareHost(app);
  await app.listen(port, '127.0.0.1');
  const acts = assayActs(url, '');
  const enabled = await acts.call('PUT', '/api/v4/projects/7/ml', { token: 'key-of-olga' });
  expect({ status: enabled.status, text: enabled.text }).toMatchObject({ status: 200 });
  return {
    ...acts,
    url,
    uri: (enabled.json() as { tracking_uri: string }).tracking_uri,
    close: async () => {
      await app.close();
      await rm(artifactsFolder, { recursive: true, force: true });
    },
  };
}

/** Logs a run with a metric and artifacts, one of them JSON with a spacing of its own, and reads all of it back. */
async function expectTracking(host: Host): Promise<void> {
  const token = 'key-of-edgar';
  const api = `${host.uri}/api/2.0/mlflow`;
  const created = await host.call('POST', `${api}/runs/create`, { token, body: { experiment_id: '0' } });
  expect(created.status).toBe(200);
  const { info } = (created.json() as { run: { info: { run_id: string; artifact_uri: string } } }).run;
  const body = { run_id: info.run_id, key: 'accuracy', value: 0.93, timestamp: 1, step: 0 };
  expect((await host.call('POST', `${api}/runs/log-metric`, { token, body })).status).toBe(200);
  const read = await host.call('GET', `${api}/runs/get?run_id=${info.run_id}`, { token: 'key-of-vera' });
  expect(read.json()).toMatchObject({ run: { data: { metrics: [{ key: 'accuracy', value: 0.93 }] } } });

  const at = `${host.uri}/api/2.0/mlflow-artifacts/artifacts/${info.artifact_uri.replace('mlflow-artifacts:/', '')}`;
  const contents = {
    'application/json': '{ "spaced" :  [1,2 ] }\n',
    'text/plain': 'plain',
    'image/png': '\u0000\u0001',
  };
  for (const [type, content] of Object.entries(contents)) {
    const address = `${at}/${type.replace('/', '-')}.json`;
    const put = await host.call('PUT', address, { token, content, headers: { 'content-type': type } });
    expect({ type, status: put.status, text: put.text }).toMatchObject({ type, status: 200 });
    expect((await host.call('GET', address, { token })).text).toBe(content);
  }
  expect((await host.call('POST', `${api}/runs/log-metric`, { token: 'key-of-vera', body })).status).toBe(403);
  expect((await host.call('POST', `${api}/runs/log-metric`, { token: 'key-of-stranger', body })).status).toBe(404);
  expect((await host.call('POST', `${api}/runs/log-metric`, { token: 'unknown-key', body })).status).toBe(401);
}

/** The host's routes answer as they would without Assay. */
async function expectOwnRoutes(host: Host): Promise<void> {
  const headers = { 'x-studio-key': 'key-of-vera' };
  const projects = await host.call('GET', '/studio/projects', { headers });
  expect({ status: projects.status, body: projects.json() }).toEqual({
    status: 200,
    body: [{ name: 'vision/penguins' }],
  });
  const echoed = await host.call('POST', '/studio/echo', { headers, body: { a: [1] } });
  expect({ status: echoed.status, body: echoed.json() }).toEqual({ status: 201, body: { body: { a: [1] } } });
  const broken = { ...headers, 'content-type': 'application/json' };
  expect((await host.call('POST', '/studio/echo', { headers: broken, content: '{' })).status).toBe(400);
  const refused = await host.call('GET', '/studio/projects');
  expect(refused.json()).toEqual({ statusCode: 401, message: 'Send your key as X-Studio-Key.', error: 'Unauthorized' });
  const missing = await host.call('GET', '/studio/nowhere', { headers });
  expect(missing.json()).toMatchObject({ statusCode: 404, message: 'Cannot GET /hub/studio/nowhere' });
}

describe.each(Object.keys(adapters) as (keyof typeof adapters)[])(
  'a host on %s with a global prefix and a global guard',
  (adapter) => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase();
      await prepareDatabase(database.url);
    });

    afterAll(async () => {
      await database.drop();
    });

    async function inHost(module: (place: Place) => RootModule, check: (host: Host) => Promise<void>): Promise<void> {
      const host = await startHost(adapter, module);
      try {
        await check(host);
      } finally {
        await host.close();
      }
    }
    const example = (place: Place, own?: DataSource): RootModule =>
      AppModule.with({
        ...place,
        database: own === undefined ? { url: database.url } : { dataSource: own },
        sessionSecret,
      });

    it('tracks below its prefix, and its own routes are as before', async () => {
      await inHost(example, async (host) => {
        expect(host.uri).toBe(`${host.url}/api/v4/projects/7/ml/mlflow`);
        await expectTracking(host);
        await expectOwnRoutes(host);
        const page = await host.call('GET', '/vision/penguins/-/ml/experiments', { token: 'key-of-vera' });
        expect(page.status).toBe(200);
        expect(page.text).toContain(`/${prefix}/vision/penguins/-/ml/`);
      });
    });

    it("reports on the host's own review", async () => {
      await inHost(example, async (host) => {
        const token = 'key-of-edgar';
        const body = { experiment_id: '0', tags: [{ key: 'mlflow.source.git.branch', value: 'wider' }] };
        const created = await host.call('POST', `${host.uri}/api/2.0/mlflow/runs/create`, { token, body });
        expect(created.status).toBe(200);
        const headers = { 'x-studio-key': 'key-of-edgar' };
        interface Seen {
          notes: string[];
          checks: Record<string, unknown>;
        }
        let seen: Seen = { notes: [], checks: {} };
        for (let waited = 0; waited < 15_000 && seen.notes.length === 0; waited += 200) {
          seen = (await host.call('GET', '/studio/projects/7/reviews/1', { headers })).json() as Seen;
          await sleep(200);
        }
        expect(seen.notes).toHaveLength(1);
        expect(Object.keys(seen.checks)).toEqual(['experiments']);
      });
    });

    it("uses the host's own DataSource, and leaves it open", async () => {
      const own = new DataSource({ ...dataSourceOptions({ url: database.url }), entities: assayEntities });
      await own.initialize();
      await inHost((place) => example(place, own), expectTracking);
      expect(own.isInitialized).toBe(true);
      await expect(own.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
      await own.destroy();
    });

    it('is mounted with options that its providers make', async () => {
      const studio = new Studio();
      const async = ({ publicUrl, artifactsFolder }: Place): RootModule => ({
        module: class LateModule {},
        imports: [
          StudioModule.of(studio),
          AssayModule.forRootAsync({
            inject: [Studio],
            useFactory: async (found: Studio): Promise<AssayOptions> => {
              await sleep(10);
              return {
                publicUrl,
                database: { url: database.url },
                forge: { kind: 'custom', forge: new StudioForge(found, publicUrl) },
                store: { kind: 'file', folder: artifactsFolder },
                access: { sessionSecret },
              };
            },
          }),
        ],
      });
      await inHost(async, expectTracking);
    });
  },
);

describePart('mlflow3', 'the Python client in a host', () => {
  it.each(Object.keys(adapters) as (keyof typeof adapters)[])('logs artifacts of every kind on %s', async (adapter) => {
    const database = await createTestDatabase();
    await prepareDatabase(database.url);
    const host = await startHost(adapter, (place) =>
      AppModule.with({ ...place, database: { url: database.url }, sessionSecret }),
    );
    try {
      const result = await runPython('mlflow3', join(__dirname, '../clients/python/artifacts.py'), {
        env: { MLFLOW_TRACKING_URI: host.uri, MLFLOW_TRACKING_TOKEN: 'key-of-edgar' },
      });
      expect(result.stderr.slice(-2_000)).not.toContain('Traceback');
      expect(result.code).toBe(0);
    } finally {
      await host.close();
      await database.drop();
    }
  });
});
