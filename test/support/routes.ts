import 'reflect-metadata';
import { RequestMethod, type INestApplication } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { MODULE_PATH } from '@nestjs/common/constants';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessGuard, prepareHost, requirementKey } from '../../src';
import { nativeApiKey } from '../../src/common';
import { readConfiguration } from '../../src/standalone/config/environment';
import { StandaloneModule } from '../../src/standalone/server/standalone.module';
import { createTestDatabase } from './postgres';

/** A route as its controller declares it. */
export interface Route {
  /** An HTTP verb, or ALL. */
  method: string;
  /** From the root on, with `:name` for a parameter and `*` for the rest. */
  path: string;
  module: string;
  /** Class and method. */
  handler: string;
  /** Undefined when it declares none. */
  permission: string | undefined;
  guarded: boolean;
  /** Whether it belongs to the native API, and so to the OpenAPI document. */
  native: boolean;
}

/** The routes of the standalone server: those that its controllers declare, and those that the HTTP server really has. */
export interface FoundRoutes {
  declared: Route[];
  /** `GET /path`, without the HEAD that comes with every GET. */
  served: string[];
  /** The OpenAPI document as it is served. */
  document: string;
}

type Handler = (...args: unknown[]) => unknown;

/** Starts the standalone server's modules in this process, reads their routes, and ends them. */
export async function findRoutes(): Promise<FoundRoutes> {
  const [database, folder] = [await createTestDatabase(), await mkdtemp(join(tmpdir(), 'assay-routes-'))];
  const configuration = readConfiguration({ ASSAY_DATA_DIR: folder, ASSAY_DATABASE_URL: database.url });
  const plan = {
    configuration,
    secrets: { sessionSecret: 's'.repeat(32), adminToken: 'an administrator' },
    databaseUrl: database.url,
    port: 0,
    publicUrl: 'http://assay.test',
  };
  const adapter = new FastifyAdapter({ exposeHeadRoutes: false });
  const served: string[] = [];
  adapter.getInstance().addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) served.push(`${one} ${url.length > 1 ? url.replace(/\/$/, '') : url}`);
  });
  const app = await NestFactory.create<NestFastifyApplication>(StandaloneModule.for(plan), adapter, {
    logger: ['error'],
  });
  try {
    prepareHost(app);
    await app.init();
    const document = await app.inject({ method: 'GET', url: '/api/openapi.json' });
    return { declared: declaredRoutes(app), served, document: document.payload };
  } finally {
    await app.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every route of every controller in the app, read from what the framework keeps about them. */
export function declaredRoutes(app: INestApplication): Route[] {
  const modules = app.get(ModulesContainer);
  const routes: Route[] = [];
  for (const module of modules.values()) {
    const below = Reflect.getMetadata(MODULE_PATH + modules.applicationId, module.metatype) as string | undefined;
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      routes.push(...routesOf(metatype as new () => object, below ?? '', module.name));
    }
  }
  return routes;
}

function routesOf(controller: new () => object, below: string, module: string): Route[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    const paths = [Reflect.getMetadata(PATH_METADATA, controller)].flat() as string[];
    const ends = [Reflect.getMetadata(PATH_METADATA, handler)].flat() as string[];
    return paths.flatMap((path) =>
      ends.map((end) => ({
        method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? '',
        path: joined(below, path, end),
        module,
        handler: `${controller.name}.${name}`,
        permission: permissionOf(handler as Handler),
        guarded: guardsOf(handler as Handler).includes(AccessGuard),
        native: Reflect.hasMetadata(nativeApiKey, controller),
      })),
    );
  });
}

function joined(...parts: string[]): string {
  const pieces = parts.flatMap((part) => part.split('/')).filter((piece) => piece !== '');
  return `/${pieces.join('/')}`.replace(/\{?\*\w*\}?$/, '*');
}

function permissionOf(handler: Handler): string | undefined {
  return (Reflect.getMetadata(requirementKey, handler) as { permission: string } | undefined)?.permission;
}

function guardsOf(handler: Handler): unknown[] {
  return (Reflect.getMetadata(GUARDS_METADATA, handler) as unknown[] | undefined) ?? [];
}
