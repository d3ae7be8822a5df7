import SwaggerParser from '@apidevtools/swagger-parser';
import { declaredRoutes, findRoutes, type Route } from '../support/routes';
import { startNativeWorld } from './world';

interface Operation {
  summary?: string;
  operationId: string;
  tags: string[];
  parameters: { name: string; in: string; description?: string; schema?: object }[];
  responses: Record<string, { description?: string; $ref?: string; content?: object }>;
  security: object[];
  'x-permission'?: string;
}

interface Property {
  description?: string;
  $ref?: string;
}

interface Document {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: object; schemas: Record<string, { properties?: Record<string, Property> }> };
  'x-mlflow-routes': string[];
}

/** As the document writes it. */
function documented({ method, path }: Route): string {
  return `${method} ${path.replace(/\*$/, '{path}').replace(/:(\w+)/g, '{$1}')}`;
}

function operationsOf({ paths }: Document): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

async function served(): Promise<Record<string, { text: string; routes: Route[] }>> {
  const sides: Record<string, { text: string; routes: Route[] }> = {};
  for (const adapter of ['fastify', 'express'] as const) {
    const world = await startNativeWorld(adapter);
    const { text, headers } = await world.call('GET', '/api/openapi.json', { token: null });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    sides[adapter] = { text, routes: declaredRoutes(world.app) };
    await world.close();
  }
  const { document, declared } = await findRoutes();
  return { ...sides, standalone: { text: document, routes: declared } };
}

describe('the OpenAPI document', () => {
  let sides: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    sides = await served();
  });

  const side = (name: string): { document: Document; routes: Route[] } => {
    const { text, routes } = sides[name] ?? { text: '', routes: [] };
    return { document: JSON.parse(text) as Document, routes };
  };

  it('is the same on Fastify and on Express', () => {
    expect(sides['express']?.text).toBe(sides['fastify']?.text);
  });

  describe.each(['fastify', 'standalone'])('of the %s server', (name) => {
    it('is valid, with the version of the package and the ways to present a token', async () => {
      const { document } = side(name);
      await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(document)) as never)).resolves.toBeDefined();
      const manifest = jest.requireActual<{ version: string }>('../../package.json');
      expect(document.info).toMatchObject({ title: 'Assay', version: manifest.version });
      expect(document.servers).toEqual([{ url: 'http://assay.test' }]);
      expect(document.components.securitySchemes).toMatchObject({
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic' },
        privateToken: { type: 'apiKey', in: 'header', name: 'PRIVATE-TOKEN' },
      });
    });

    it('has every native route of the application, and no other', () => {
      const { document, routes } = side(name);
      const native = routes.filter((route) => route.native).map(documented);
      expect(native.length).toBeGreaterThan(20);
      expect(
        operationsOf(document)
          .map(([key]) => key)
          .sort(),
      ).toEqual([...native].sort());
    });

    it('states the permission of each, and asks for a token accordingly', () => {
      const { document, routes } = side(name);
      const permissions = new Map(routes.map((route) => [documented(route), route.permission]));
      for (const [key, { security, ...operation }] of operationsOf(document)) {
        expect([key, operation['x-permission']]).toEqual([key, permissions.get(key)]);
        const anybody = operation['x-permission'] === 'public';
        expect([key, security.length]).toEqual([key, anybody ? 0 : expect.any(Number)]);
        expect([key, security.some((way) => 'bearer' in way)]).toEqual([key, !anybody]);
      }
    });

    it('says of each what it does, what stands in its path, and how it refuses', () => {
      const { document } = side(name);
      const tags = document.tags.map((tag) => tag.name);
      const bare = operationsOf(document).flatMap(([key, operation]) => {
        const inPath = [...key.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
        const described = operation.parameters.filter((parameter) => parameter.in === 'path');
        const refusals =
          operation['x-permission'] === 'public' ? ['400', '503'] : ['400', '401', '403', '404', '429', '503'];
        return [
          ...(operation.summary ? [] : [`${key} has no summary: @Operation('…')`]),
          ...(operation.tags.every((tag) => tags.includes(tag)) ? [] : [`${key} has an unknown tag`]),
          ...(described.map((parameter) => parameter.name).join() === inPath.join()
            ? []
            : [`${key} lacks path parameters`]),
          ...operation.parameters.flatMap(({ name: parameter, description }) =>
            description ? [] : [`${key} does not describe ${parameter}`],
          ),
          ...refusals.flatMap((status) =>
            status in operation.responses ? [] : [`${key} does not refuse with ${status}`],
          ),
          ...Object.entries(operation.responses).flatMap(([status, response]) =>
            response.$ref || response.description ? [] : [`${key} does not describe ${status}`],
          ),
          ...(Object.keys(operation.responses).some((status) => status.startsWith('2'))
            ? []
            : [`${key} has no success`]),
        ];
      });
      expect(bare).toEqual([]);
    });

    it('describes every member of every body and answer', () => {
      const { schemas } = side(name).document.components;
      const bare = Object.entries(schemas).flatMap(([schema, { properties = {} }]) => [
        ...(Object.keys(properties).length === 0 && !('enum' in (schemas[schema] ?? {}))
          ? [`${schema} has no members`]
          : []),
        ...Object.entries(properties).flatMap(([member, { description, $ref }]) =>
          description || $ref ? [] : [`${schema}.${member} is not described`],
        ),
      ]);
      expect(bare).toEqual([]);
    });

    it('names each operation once', () => {
      const ids = operationsOf(side(name).document).map(([, { operationId }]) => operationId);
      expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    });

    it('lists the routes of the tracking URI, and points to their manual', () => {
      const { document, routes } = side(name);
      const tracking = routes.filter(({ path }) => path.includes('/ml/mlflow'));
      expect(tracking.length).toBeGreaterThan(60);
      expect(document['x-mlflow-routes']).toEqual(tracking.map(({ method, path }) => `${method} ${path}`).sort());
    });
  });

  it.each(['fastify', 'express'] as const)(
    'stands where the host on %s wants it, with the paths of its mount',
    async (adapter) => {
      const world = await startNativeWorld(adapter, { prefix: 'hub/ml', documentPath: 'docs/assay.json' });
      const { body, status } = await world.call('GET', '/docs/assay.json', { token: null });
      expect((await world.call('GET', '/api/openapi.json', { token: null })).status).toBe(404);
      await world.close();
      const { paths, 'x-mlflow-routes': tracking } = body as unknown as Document;
      expect([status, Object.keys(paths).filter((path) => !path.startsWith('/hub/ml/'))]).toEqual([
        200,
        ['/docs/assay.json'],
      ]);
      expect(tracking).toContain('POST /hub/ml/projects/:project/ml/mlflow/api/2.0/mlflow/runs/create');
    },
  );
});
