import { Controller, HttpCode, UseFilters } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import { MlflowErrorFilter } from './mlflow-error.filter';

/** The tracking URI's path below the API's prefix. */
export const trackingPath = 'projects/:project/ml/mlflow';

/** The framework answers a POST with 201, which the clients take for an error. */
function answer200(prototype: object): void {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const handler: unknown = descriptor?.value;
    if (descriptor === undefined || typeof handler !== 'function') continue;
    const isRoute = Reflect.hasMetadata(METHOD_METADATA, handler);
    if (isRoute && !Reflect.hasMetadata(HTTP_CODE_METADATA, handler)) HttpCode(200)(prototype, name, descriptor);
  }
}

/** A controller at these paths below the tracking URI, with the protocol's errors and its status 200. */
export function MlflowRoutes(...paths: readonly string[]): ClassDecorator {
  return (target) => {
    Controller(paths.map((path) => (path === '' ? trackingPath : `${trackingPath}/${path}`)))(target);
    UseFilters(MlflowErrorFilter)(target);
    answer200(target.prototype as object);
  };
}

/** A controller of one noun of the protocol, such as `runs`, at its address and the `ajax-api` twin. */
export function MlflowApi(noun: string, version: '2.0' | '3.0' = '2.0'): ClassDecorator {
  const path = noun === '' ? '' : `/${noun}`;
  return MlflowRoutes(`api/${version}/mlflow${path}`, `ajax-api/${version}/mlflow${path}`);
}
