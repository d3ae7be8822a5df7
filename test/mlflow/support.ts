import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccessModule, AccessOptions } from '../../src/access';
import { artifactsDefaults, ArtifactsOptions, ArtifactStore, FileStore } from '../../src/artifacts';
import { candidatesDefaults, CandidatesOptions } from '../../src/candidates';
import { Addresses, type ProjectId } from '../../src/common';
import { Database, DatabaseModule, dataSourceName, dataSourceOptions } from '../../src/database';
import { Forge, LocalForge, LocalForgeAdmin, type ForgeProject } from '../../src/forge';
import { prepareHost } from '../../src/host/prepare-host';
import { MlflowModule } from '../../src/mlflow';
import { projectEntities, ProjectsModule, ProjectsService } from '../../src/projects';
import { createTestDatabase } from '../support/postgres';

/** A project of the local forge with a token of each role. */
export interface TestProject {
  readonly id: ProjectId;
  readonly path: string;
  readonly reader: string;
  readonly writer: string;
}

/** What a call answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** How a call is made; the writer's token and JSON unless told. */
export interface CallOptions {
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  /** Sent as it is instead of the body. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

/** The protocol's face of one project. */
export interface Tracking {
  readonly project: TestProject;
  readonly uri: string;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  post(endpoint: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  get(endpoint: string, query?: Record<string, string | string[]>, options?: CallOptions): Promise<Answer>;
  createExperiment(name?: string): Promise<string>;
  /** The run's id. */
  createRun(fields?: Record<string, unknown>): Promise<string>;
  run(id: string): Promise<Run>;
}

/** A run as the tests read it. */
export interface Run {
  readonly info: Record<string, unknown>;
  readonly data: {
    readonly metrics?: Record<string, unknown>[];
    readonly params?: Record<string, unknown>[];
    readonly tags?: { key: string; value: string }[];
  };
  readonly inputs: { readonly dataset_inputs?: Record<string, unknown>[] };
}

/** A server with the protocol's face over the real services and a real PostgreSQL. */
export interface TestServer {
  readonly database: Database;
  /** A new project, enabled. */
  project(): Promise<Tracking>;
  close(): Promise<void>;
}

const prefix = 'api/v4';

@Module({})
class TestSettings {
  static of(url: string, folder: string): DynamicModule {
    const addresses = new Addresses({ publicUrl: 'http://assay.test', prefix });
    const providers = [
      { provide: Addresses, useValue: addresses },
      { provide: AccessOptions, useValue: { sessionSecret: 'x'.repeat(32) } },
      { provide: ArtifactsOptions, useValue: artifactsDefaults },
      { provide: CandidatesOptions, useValue: candidatesDefaults },
      { provide: ArtifactStore, useValue: new FileStore(folder) },
      { provide: Forge, inject: [Database], useFactory: (database: Database) => new LocalForge(database, addresses) },
      {
        provide: LocalForgeAdmin,
        inject: [Database],
        useFactory: (database: Database) => new LocalForgeAdmin(database),
      },
      {
        provide: getDataSourceToken(dataSourceName),
        useFactory: () => new DataSource({ ...dataSourceOptions({ url }), entities: projectEntities }).initialize(),
      },
    ];
    return { module: TestSettings, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** The host's web server. */
export type HostKind = 'fastify' | 'express';

async function createApp(url: string, folder: string, host: HostKind): Promise<INestApplication> {
  const modules = [AccessModule, ProjectsModule, MlflowModule];
  const testing = await Test.createTestingModule({
    imports: [
      TestSettings.of(url, folder),
      DatabaseModule,
      ...modules,
      RouterModule.register(modules.map((module) => ({ path: prefix, module }))),
    ],
  }).compile();
  const adapter =
    host === 'express' ? new ExpressAdapter() : new FastifyAdapter({ routerOptions: { maxParamLength: 1000 } });
  const app: INestApplication = testing.createNestApplication(adapter);
  prepareHost(app, { prefix });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Starts a server on a database of its own. */
export async function startTestServer(host: HostKind = 'fastify'): Promise<TestServer> {
  const test = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'assay-mlflow-'));
  const app = await createApp(test.url, folder, host);
  const url = await app.getUrl();
  return {
    database: test.database,
    project: async () => tracking(url, await createProject(app)),
    async close() {
      await app.close();
      await app.get<DataSource>(getDataSourceToken(dataSourceName)).destroy();
      await test.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createProject(app: INestApplication): Promise<TestProject> {
  const admin = app.get(LocalForgeAdmin);
  const path = `team/p-${randomBytes(4).toString('hex')}`;
  const { id } = await admin.createProject(path);
  const token = async (role: 'read' | 'write'): Promise<string> =>
    (await admin.createProjectToken({ id }, role)).secret;
  const project = (await app.get<Forge>(Forge).project({ id })) as ForgeProject;
  await app.get(ProjectsService).enable({ principal: { name: 'root', role: 'maintain' }, project });
  return { id, path, reader: await token('read'), writer: await token('write') };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function tracking(url: string, project: TestProject): Tracking {
  const uri = `${url}/${prefix}/projects/${project.id}/ml/mlflow`;
  const call: Tracking['call'] = async (method, path, body, { token = project.writer, headers = {}, raw } = {}) => {
    const sent = raw ?? (body === undefined ? null : JSON.stringify(body));
    const all = {
      ...(sent === null ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    };
    const response = await fetch(`${uri}/${path}`, { method, headers: all, body: sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
  const post: Tracking['post'] = (endpoint, body, options) => call('POST', `api/2.0/mlflow/${endpoint}`, body, options);
  const get: Tracking['get'] = (endpoint, query = {}, options) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, one);
    return call('GET', `api/2.0/mlflow/${endpoint}?${search.toString()}`, undefined, options);
  };
  return { project, uri, call, post, get, ...builders(post, get) };
}

function builders(
  post: Tracking['post'],
  get: Tracking['get'],
): Pick<Tracking, 'createExperiment' | 'createRun' | 'run'> {
  return {
    async createExperiment(name = `e-${randomBytes(4).toString('hex')}`) {
      const { body, text } = await post('experiments/create', { name });
      if (typeof body['experiment_id'] !== 'string') throw new Error(`No experiment: ${text}`);
      return body['experiment_id'];
    },
    async createRun(fields = {}) {
      const { body, text } = await post('runs/create', { experiment_id: '0', start_time: 1000, ...fields });
      const run = body['run'] as Run | undefined;
      if (run === undefined) throw new Error(`No run: ${text}`);
      return run.info['run_id'] as string;
    },
    async run(id) {
      const { body, text } = await get('runs/get', { run_id: id });
      if (body['run'] === undefined) throw new Error(`No run: ${text}`);
      return body['run'] as Run;
    },
  };
}
