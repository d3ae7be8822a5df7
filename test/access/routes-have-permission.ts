import type { INestApplication, Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { requirementKey } from '../../src/access';

/** The routes of the app (`Controller.handler`) that declare no permission, but for controllers that the host says are its own. */
export function routesWithoutPermission(app: INestApplication, own: readonly Type[] = []): string[] {
  const scanner = new MetadataScanner();
  return [...app.get(ModulesContainer).values()]
    .flatMap((module) => [...module.controllers.values()])
    .filter(({ metatype }) => metatype !== null && !own.includes(metatype as Type))
    .flatMap(({ metatype }) => {
      const { prototype, name } = metatype as Type<Record<string, unknown>>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((method) => {
          const handler = prototype[method] as object;
          return Reflect.hasMetadata(PATH_METADATA, handler) && !Reflect.hasMetadata(requirementKey, handler);
        })
        .map((method) => `${name}.${method}`);
    });
}
