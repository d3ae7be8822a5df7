import type { OpenAPIObject } from '@nestjs/swagger';
import { refusalsExtension } from '../common';
import { pathParameters } from './path-parameters';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & Record<string, unknown>;

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
const everyone = [400, 503];
const guarded = [401, 403, 404, 429];
const credentials = [{ bearer: [] }, { basic: [] }, { privateToken: [] }];

function securityOf(permission: unknown): Record<string, string[]>[] {
  if (permission === 'public') return [];
  // Projects that anybody may see answer reads without a token.
  return String(permission).endsWith(':read') ? [...credentials, {}] : credentials;
}

function refusalsOf(operation: Operation): number[] {
  const own = (operation[refusalsExtension] as number[] | undefined) ?? [];
  return [...everyone, ...(operation['x-permission'] === 'public' ? [] : guarded), ...own];
}

function complete(path: string, operation: Operation): void {
  operation.security = securityOf(operation['x-permission']);
  for (const status of refusalsOf(operation)) {
    operation.responses[String(status)] ??= { $ref: `#/components/responses/${String(status)}` };
  }
  Reflect.deleteProperty(operation, refusalsExtension);
  const others = (operation.parameters ?? []).filter((parameter) => !('in' in parameter) || parameter.in !== 'path');
  operation.parameters = [...pathParameters(path), ...others];
}

/** Adds to every operation what all of its kind share: its path's parameters, the ways to present a token, and the refusals. */
export function completeOperations(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation !== undefined) complete(path, operation as Operation);
    }
  }
}
