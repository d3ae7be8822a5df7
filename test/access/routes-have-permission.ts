import type { INestApplication, Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { requirementKey } from '../../src/access';

function isOpen(handler: object | undefined): boolean {
  if (handler === undefined || !Reflect.hasMetadata(PATH_METADATA, handler)) return false;
  return !Reflect.hasMetadata(requirementKey, handler);
}

/** The routes of the app (`Controller.handler`) that declare no permission, but for controllers that the host says are its own. */
export function routesWithoutPermission(app: INestApplication, own: readonly Type[] = []): string[] {
  const scanner = new MetadataScanner();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const controller = metatype as Type<Record<string, unknown>> | null;
    if (controller === null || own.includes(controller)) return [];
    const handlers = controller.prototype as Record<string, object>;
    return scanner
      .getAllMethodNames(handlers)
      .filter((method) => isOpen(handlers[method]))
      .map((method) => `${controller.name}.${method}`);
  });
}
