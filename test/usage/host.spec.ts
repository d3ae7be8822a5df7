import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Counter, Registry } from 'prom-client';
import { assayMetrics, AssayModule, prepareDatabase, prepareHost, type AssayMount } from '../../src';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { until } from '../support/until';
import { readExposition, sumOf, type Metric } from './exposition';

const operator = 'the-operator-of-the-host';
const requests = 'assay_http_requests_total';

@Module({})
class HostModule {
  static of(assay: DynamicModule): DynamicModule {
    return { module: HostModule, imports: [assay] };
  }
}

describe.each([
  ['Fastify', (): FastifyAdapter => new FastifyAdapter()],
  ['Express', (): ExpressAdapter => new ExpressAdapter()],
])('a host on %s', (_name, adapter) => {
  let database: TestDatabase;
  let folder: string;
  let app: INestApplication | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    await prepareDatabase(database.url);
    folder = await mkdtemp(join(tmpdir(), 'assay-metrics-'));
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(mount: AssayMount): Promise<string> {
    const assay = AssayModule.forRoot({
      ...mount,
      publicUrl: 'http://assay.test/hub',
      database: { url: database.url },
      forge: { kind: 'local' },
      store: { kind: 'file', folder },
      access: { sessionSecret: 's'.repeat(32), operatorToken: operator },
      mergeRequests: { work: false },
    });
    app = await NestFactory.create(HostModule.of(assay) as never, adapter(), { logger: ['error'] });
    app.setGlobalPrefix('hub');
    prepareHost(app, mount.prefix === undefined ? {} : { prefix: mount.prefix });
    await app.listen(0, '127.0.0.1');
    return `${await app.getUrl()}/hub`;
  }

  function ask(address: string, token?: string): Promise<Response> {
    return fetch(address, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  }

  async function grown(
    read: () => Promise<Map<string, Metric>>,
    labels: Record<string, string>,
    to: number,
  ): Promise<void> {
    await until(`the requests reach ${to}`, 5_000, async () =>
      sumOf(await read(), requests, labels) >= to ? true : undefined,
    );
    expect(sumOf(await read(), requests, labels)).toBe(to);
  }

  it('has the metrics at the path that it chose, for its operator', async () => {
    const url = await start({ metricsPath: 'internal/measures', prefix: 'api/ml' });
    expect((await ask(`${url}/internal/measures`)).status).toBe(401);
    expect((await ask(`${url}/internal/measures`, 'somebody')).status).toBe(403);
    const read = async (): Promise<Map<string, Metric>> => {
      const answer = await ask(`${url}/internal/measures`, operator);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain;(?=.* version=0\.0\.4).* charset=utf-8/);
      return readExposition(await answer.text());
    };
    const labels = { face: 'mlflow', route: 'runs/get' };
    const before = sumOf(await read(), requests, labels);
    for (let time = 0; time < 3; time += 1)
      await ask(`${url}/api/ml/projects/${time}/ml/mlflow/api/2.0/mlflow/runs/get?run_id=x`, 'somebody');
    await grown(read, labels, before + 3);
    expect((await ask(`${url}/api/ml/usage_data/ml`, operator)).status).toBe(200);
  });

  it('has them nowhere unless it chooses a path, and can merge them into its own', async () => {
    const url = await start({});
    expect((await ask(`${url}/metrics`, operator)).status).toBe(404);
    const own = new Registry();
    new Counter({ name: 'studio_visits_total', help: 'Of the host.', registers: [own] }).inc(5);
    const read = async (): Promise<Map<string, Metric>> =>
      readExposition(await Registry.merge([own, assayMetrics]).metrics());
    const labels = { face: 'pages', route: '/-/ml/sign_in' };
    const before = sumOf(await read(), requests, labels);
    expect((await ask(`${url}/-/ml/sign_in`)).status).toBe(200);
    await grown(read, labels, before + 1);
    const metrics = await read();
    expect(sumOf(metrics, 'studio_visits_total')).toBe(5);
    expect([...metrics.keys()].filter((name) => !/^(assay|studio)_/.test(name))).toEqual([]);
  });

  it('forgets the pool of an app that ended', async () => {
    await start({});
    const connections = async (): Promise<number> =>
      sumOf(readExposition(await assayMetrics.metrics()), 'assay_database_connections', { state: 'max' });
    expect(await connections()).toBe(10);
    await app?.close();
    app = undefined;
    expect(await connections()).toBe(0);
  });
});
