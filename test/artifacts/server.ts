import { randomBytes } from 'node:crypto';
import http, { type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Logger, type INestApplication, type Type } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { ArtifactStore } from '../../src/artifacts';
import { AssayModule, LocalForgeAdmin, ProjectsService, Forge, prepareHost } from '../../src';
import { createTestDatabase } from '../support/postgres';

/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly json: Record<string, unknown>;
}

/** How a request is made; by the writer unless told. */
export interface RequestOptions {
  readonly token?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string | Readable;
}

/** A project and how it is talked to; paths go out as they are, dots and all. */
export interface ArtifactProject {
  readonly id: number;
  readonly reader: string;
  readonly writer: string;
  /** Below the project's tracking URI. */
  mlflow(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Below the project's native API. */
  native(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** A new candidate's id and artifact root. */
  run(experiment?: string): Promise<{ id: string; root: string; uri: string }>;
  /** An artifact, by its path below a root, encoded as the client does. */
  artifact(method: string, path: string, options?: RequestOptions): Promise<Answer>;
}

/** A whole server over a store. */
export interface ArtifactServer {
  readonly port: number;
  /** A provider of the server. */
  get<Provider>(token: Type<Provider>): Provider;
  project(): Promise<ArtifactProject>;
  close(): Promise<void>;
}

export interface ArtifactServerOptions {
  readonly adapter?: 'express' | 'fastify';
  readonly store: ArtifactStore;
  readonly maxBytes?: number;
  readonly sweepInterval?: number;
  /** Leaves out what a host has to call. */
  readonly unprepared?: boolean;
}

/** Sends one request on a connection of its own and reads the whole answer. */
export function send(
  port: number,
  method: string,
  path: string,
  { headers = {}, body }: RequestOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Node frames the body of a DELETE only when it is told the length.
    const length =
      typeof body === 'string' || Buffer.isBuffer(body) ? { 'content-length': Buffer.byteLength(body) } : {};
    const sent = { ...length, ...headers };
    const request = http.request({ host: '127.0.0.1', port, method, path, headers: sent, agent: false }, (response) => {
      buffer(response).then((bytes) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes, json: parse(bytes) });
      }, reject);
    });
    request.on('error', reject);
    if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) request.end(body);
    else body.pipe(request);
  });
}

function parse(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The path as the client quotes it: each segment, but not the slashes. */
export function quoted(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Starts a server of the whole module on a database of its own. */
export async function startArtifactServer(options: ArtifactServerOptions): Promise<ArtifactServer> {
  const database = await createTestDatabase();
  const module = await Test.createTestingModule({
    imports: [
      AssayModule.forRoot({
        publicUrl: 'http://assay.test',
        database: { url: database.url },
        forge: { kind: 'local' },
        store: { kind: 'custom', store: options.store },
        access: { sessionSecret: 'x'.repeat(32) },
        artifacts: {
          ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
          ...(options.sweepInterval === undefined ? {} : { sweepInterval: options.sweepInterval }),
        },
      }),
    ],
  }).compile();
  const adapter = options.adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = module.createNestApplication(adapter);
  if (options.unprepared !== true) prepareHost(app);
  await app.listen(0, '127.0.0.1');
  const port = Number(new URL(await app.getUrl()).port);
  return {
    port,
    get: (token) => app.get(token),
    project: () => createProject(app, port),
    async close() {
      await app.close();
      await database.drop();
    },
  };
}

async function createProject(app: INestApplication, port: number): Promise<ArtifactProject> {
  const admin = app.get(LocalForgeAdmin);
  const { id } = await admin.createProject(`team/p-${randomBytes(4).toString('hex')}`);
  const project = await app.get<Forge>(Forge).project({ id });
  if (project === undefined) throw new Error('The forge lost the project');
  await app.get(ProjectsService).enable({ principal: { name: 'root', role: 'maintain' }, project });
  const [reader, writer] = [
    await admin.createProjectToken({ id }, 'read'),
    await admin.createProjectToken({ id }, 'write'),
  ];
  const below =
    (base: string) =>
    (method: string, path: string, given: RequestOptions = {}): Promise<Answer> => {
      const headers = { authorization: `Bearer ${given.token ?? writer.secret}`, ...given.headers };
      return send(port, method, `/api/v4/projects/${id}/ml${base}${path}`, { ...given, headers });
    };
  const mlflow = below('/mlflow');
  return {
    id,
    reader: reader.secret,
    writer: writer.secret,
    mlflow,
    native: below(''),
    run: (experiment = '0') => createRun(mlflow, experiment),
    artifact: (method, path, given) => mlflow(method, `/api/2.0/mlflow-artifacts/artifacts/${quoted(path)}`, given),
  };
}

async function createRun(
  mlflow: ArtifactProject['mlflow'],
  experiment: string,
): Promise<{ id: string; root: string; uri: string }> {
  const body = JSON.stringify({ experiment_id: experiment, start_time: 1 });
  const answer = await mlflow('POST', '/api/2.0/mlflow/runs/create', {
    body,
    headers: { 'content-type': 'application/json' },
  });
  const run = answer.json['run'] as { info: { run_id: string; artifact_uri: string } } | undefined;
  if (run === undefined) throw new Error(`No run: ${answer.body.toString()}`);
  const { run_id: id, artifact_uri: uri } = run.info;
  return { id, uri, root: uri.replace('mlflow-artifacts:/', '') };
}

/** Nest's log would drown the test's own output. */
Logger.overrideLogger(false);
