import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AssayModule } from '../../src/assay.module';
import type { AssayMount } from '../../src/assay.options';
import type { ProjectId } from '../../src/common';
import type { Database } from '../../src/database';
import { LocalForgeAdmin, type ForgeProject } from '../../src/forge';
import { prepareHost } from '../../src/host';
import { ProjectsService } from '../../src/projects';
import { createTestDatabase } from '../support/postgres';

/** What a call answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** How a call is made; the writer's token unless told, and no token for null. */
export interface CallOptions {
  readonly token?: string | null;
  readonly body?: unknown;
  /** Sent as it is instead of the body. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** A project of a running application, and ways to ask it. */
export interface NativeWorld {
  readonly app: INestApplication;
  readonly database: Database;
  readonly project: ProjectId;
  readonly tokens: { readonly reader: string; readonly writer: string; readonly maintainer: string };
  /** `path` is below the project's native API; with a slash before it, below the server. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  get(path: string, query?: Record<string, string | readonly string[]>): Promise<Answer>;
  close(): Promise<void>;
}

/** Of who runs the server. */
export const operatorToken = 'operator-token-of-the-tests';

function adapterOf(kind: 'fastify' | 'express'): AbstractHttpAdapter {
  return kind === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
}

async function makeProject(app: INestApplication, path: string): Promise<Pick<NativeWorld, 'project' | 'tokens'>> {
  const admin = app.get(LocalForgeAdmin);
  const { id } = await admin.createProject(path);
  const token = async (role: 'read' | 'write' | 'maintain'): Promise<string> =>
    (await admin.createProjectToken({ id }, role)).secret;
  const tokens = { reader: await token('read'), writer: await token('write'), maintainer: await token('maintain') };
  const project: ForgeProject = {
    ...{ id, path, defaultBranch: 'main', visibility: 'private' },
    ...{ archived: false, webUrl: `http://assay.test/${path}` },
  };
  await app.get(ProjectsService).enable({ principal: { name: 'root', role: 'maintain' }, project });
  return { project: id, tokens };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function caller(url: string, { project, tokens }: Pick<NativeWorld, 'project' | 'tokens'>): NativeWorld['call'] {
  return async (method, path, { token = tokens.writer, body, raw, headers = {} } = {}) => {
    const sent = raw ?? (body === undefined ? null : JSON.stringify(body));
    const all = {
      ...(raw === undefined && sent !== null ? { 'content-type': 'application/json' } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    };
    const address = path.startsWith('/') ? `${url}${path}` : `${url}/api/v4/projects/${project}/ml/${path}`;
    const answer = await fetch(address, { method, headers: all, body: sent });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: parse(text) };
  };
}

/** Starts an application with an enabled project on a database of its own. */
export async function startNativeWorld(
  kind: 'fastify' | 'express' = 'fastify',
  mount: AssayMount = {},
): Promise<NativeWorld> {
  const db = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'assay-native-'));
  const module = AssayModule.forRoot({
    ...mount,
    publicUrl: 'http://assay.test',
    database: { url: db.url },
    forge: { kind: 'local' },
    store: { kind: 'file', folder },
    access: { sessionSecret: 'a secret of more than thirty-two characters', operatorToken },
  });
  const testing = await Test.createTestingModule({ imports: [module] }).compile();
  const app: INestApplication = testing.createNestApplication(adapterOf(kind));
  prepareHost(app, mount);
  await app.listen(0, '127.0.0.1');
  const made = await makeProject(app, 'team/trials');
  const call = caller(await app.getUrl(), made);
  return {
    ...{ app, database: db.database, ...made, call },
    get(path, query = {}) {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, one);
      return call('GET', `${path}${search.size === 0 ? '' : '?'}${search.toString()}`);
    },
    async close() {
      await app.close();
      await db.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
