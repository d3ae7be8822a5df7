import { Controller, Get, Global, Module, Post, type DynamicModule, type INestApplication } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccessModule, AccessOptions, CurrentAccess, Requires, type Access } from '../../src/access';
import { Addresses, NativeApi, type ProjectId } from '../../src/common';
import { Database, DatabaseModule, dataSourceName, dataSourceOptions } from '../../src/database';
import { Forge, LocalForge, LocalForgeAdmin, type Role } from '../../src/forge';
import { prepareHost } from '../../src/host/prepare-host';
import { projectEntities, ProjectsModule, ProjectsPagesModule, ProjectsService } from '../../src/projects';
import { createTestDatabase } from '../support/postgres';
import { watch, type Watch } from './watched-forge';

/** Routes of each kind, in the place of the features that stand above. */
@NativeApi()
@Controller('projects/:project/ml/probe')
class ProbeController {
  @Get('read')
  @Requires('candidates:read')
  read(@CurrentAccess() access: Access): Access {
    return access;
  }

  @Post('write')
  @Requires('candidates:write')
  write(@CurrentAccess() access: Access): Access {
    return access;
  }

  @Post('maintain')
  @Requires('project:maintain')
  maintain(@CurrentAccess() access: Access): Access {
    return access;
  }

  @Get('operator')
  @Requires('operator')
  operator(): { ok: true } {
    return { ok: true };
  }

  @Get('public')
  @Requires('public')
  everyone(): { ok: true } {
    return { ok: true };
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

@Global()
@Module({})
class PartsModule {}

function appModule(parts: {
  dataSource: DataSource;
  forge: (database: Database) => Forge;
  access: AccessOptions;
}): DynamicModule {
  const token = getDataSourceToken(dataSourceName);
  const api = [AccessModule, ProjectsModule, ProbeModule];
  const shared = {
    module: PartsModule,
    providers: [
      { provide: token, useValue: parts.dataSource },
      { provide: AccessOptions, useValue: parts.access },
      { provide: Addresses, useValue: new Addresses({ publicUrl: 'http://assay.example', prefix: 'api/v4' }) },
      { provide: Forge, inject: [Database], useFactory: parts.forge },
    ],
    exports: [token, AccessOptions, Addresses, Forge],
  };
  const routes = RouterModule.register(api.map((module) => ({ path: 'api/v4', module })));
  return { module: class WorldModule {}, imports: [shared, DatabaseModule, ...api, ProjectsPagesModule, routes] };
}

/** A person, or a credential that belongs to nobody. */
export type Who = 'owner' | 'writer' | 'reader' | 'stranger';

/** A request of somebody; without a token: anonymous. */
export interface Ask {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, read. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: Record<string, unknown> | undefined;
}

/** A running server on a real database with the real local forge, whose answers can be counted and withheld. */
export interface World {
  readonly app: INestApplication;
  readonly url: string;
  readonly forge: LocalForge;
  readonly watch: Watch;
  readonly admin: LocalForgeAdmin;
  readonly database: Database;
  readonly tokens: Readonly<Record<Who, string>>;
  /** Moves the clock of the access cache, in milliseconds. */
  later(milliseconds: number): void;
  ask(path: string, request?: Ask): Promise<Told>;
  /** A project with an owner, a writer and a reader; enabled unless told. */
  project(
    name: string,
    options?: { visibility?: 'public' | 'internal' | 'private'; enabled?: boolean },
  ): Promise<ProjectId>;
  close(): Promise<void>;
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

async function ask(
  url: string,
  path: string,
  { method, token, headers = {}, json, form, body }: Ask = {},
): Promise<Told> {
  const sent = json === undefined ? (form === undefined ? body : new URLSearchParams(form)) : JSON.stringify(json);
  const answer = await fetch(`${url}${path}`, {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: readJson(text) };
}

/** Starts it; the same on Express and on Fastify. `signing`: the forge whose webhooks are read in the place of the local one, which has none. */
export async function startWorld(
  adapter: 'express' | 'fastify' = 'express',
  options: Partial<AccessOptions> = {},
  signing?: Forge,
): Promise<World> {
  const test = await createTestDatabase();
  const dataSource = await new DataSource({
    ...dataSourceOptions({ url: test.url }),
    entities: projectEntities,
  }).initialize();
  const database = new Database(dataSource);
  const admin = new LocalForgeAdmin(database);
  const addresses = new Addresses({ publicUrl: 'http://assay.example', prefix: 'api/v4' });
  const forge = new LocalForge(database, addresses);
  const { watched, watch: seen } = watch(forge, signing);
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const access: AccessOptions = { sessionSecret: 'a secret of more than thirty-two characters', now, ...options };
  const module = appModule({ dataSource, forge: () => watched, access });
  const host = adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const testing = await Test.createTestingModule({ imports: [module] }).compile();
  const app = testing.createNestApplication(host);
  app.enableShutdownHooks();
  prepareHost(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();

  const tokens: Record<Who, string> = { owner: '', writer: '', reader: '', stranger: '' };
  for (const who of ['owner', 'writer', 'reader', 'stranger'] as const) {
    await admin.createUser(who);
    tokens[who] = (await admin.createToken(who, { name: 'test', scopes: ['read', 'write'] })).secret;
  }
  return {
    app,
    url,
    forge,
    watch: seen,
    admin,
    database,
    tokens,
    later: (milliseconds) => {
      ahead += milliseconds;
    },
    ask: (path, request) => ask(url, path, request),
    project: async (name, { visibility = 'private', enabled = true } = {}) => {
      const made = await admin.createProject(`owner/${name}`, { visibility, owner: 'owner' });
      const roles: readonly (readonly [Who, Role])[] = [
        ['writer', 'write'],
        ['reader', 'read'],
      ];
      for (const [who, role] of roles) await admin.addMember({ id: made.id }, who, role);
      const project = await forge.project({ id: made.id });
      if (project === undefined) throw new Error('the local forge lost the project');
      if (enabled) await app.get(ProjectsService).enable({ principal: { name: 'owner', role: 'maintain' }, project });
      return project.id;
    },
    close: async () => {
      await app.close();
      await dataSource.destroy();
      await test.drop();
    },
  };
}
