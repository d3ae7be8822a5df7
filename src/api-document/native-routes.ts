import type { INestApplication, Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_PATH, PATH_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { requirementKey } from '../access';
import { nativeApiKey } from '../common';

type Controllers = ReadonlyMap<unknown, { readonly metatype: unknown }>;

function isNative({ metatype }: { readonly metatype: unknown }): boolean {
  return typeof metatype === 'function' && Reflect.hasMetadata(nativeApiKey, metatype);
}

function nativeOf(controllers: Controllers): Controllers {
  return new Map([...controllers].filter(([, controller]) => isNative(controller)));
}

/** What the scanner of OpenAPI routes reads of an application, with nothing in it but the controllers of the native API. */
export function nativeApplication(modules: ModulesContainer, config: ApplicationConfig): INestApplication {
  const kept = new Map(
    [...modules].map(([key, { controllers, metatype, imports }]) => [
      key,
      { controllers: nativeOf(controllers), metatype, imports },
    ]),
  );
  const container = { getModules: () => Object.assign(kept, { applicationId: modules.applicationId }) };
  const application = { container, config, getHttpAdapter: () => ({ getType: () => 'fastify' }) };
  return application as unknown as INestApplication;
}

function routesOf(controller: Type<unknown>, below: string): string[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const paths = [Reflect.getMetadata(PATH_METADATA, controller)].flat() as string[];
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(requirementKey, handler)) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? '';
    const ends = [Reflect.getMetadata(PATH_METADATA, handler)].flat() as string[];
    return paths.flatMap((path) =>
      ends.map(
        (end) =>
          `${method} /${[below, path, end]
            .flatMap((part) => part.split('/'))
            .filter(Boolean)
            .join('/')}`,
      ),
    );
  });
}

/** Method and path of our routes below the tracking URI, which the native API's document only lists. */
export function trackingRoutes(modules: ModulesContainer): string[] {
  const routes = [...modules.values()].flatMap(({ controllers, metatype }) => {
    const below = Reflect.getMetadata(MODULE_PATH + modules.applicationId, metatype) as string | undefined;
    return [...controllers.values()].flatMap((controller) =>
      isNative(controller) ? [] : routesOf(controller.metatype as Type<unknown>, below ?? ''),
    );
  });
  return routes.filter((route) => route.includes('/ml/mlflow')).sort();
}
