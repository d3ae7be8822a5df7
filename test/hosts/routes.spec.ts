import { findRoutes, type FoundRoutes } from '../support/routes';

/** What anybody may ask: it tells nothing of any project. */
const publicRoutes = [
  'GET /',
  'GET /api/openapi.json',
  'GET /health/live',
  'GET /health/ready',
  'GET /-/ml/assets/assay.css',
  'GET /-/ml/assets/run-link.js',
  'GET /-/ml/sign_in',
  'POST /-/ml/sign_in',
  'POST /-/ml/sign_out',
  'POST /api/v4/ml/hooks/:forge',
  'GET /api/v4/projects/:project/ml/mlflow/health',
];

/** Where Assay's own routes may stand in a host, and those of the standalone server beside them. */
const allowed = [/^\/api\/v4\//, /^\/api\/openapi\.json$/, /^\/-\/ml\//, /^\/:namespace\/:name\/-\/ml(\/|$)/];
const standalone = [/^\/$/, /^\/health\//, /^\/metrics$/];

describe('the routes of the whole application', () => {
  let routes: FoundRoutes;

  beforeAll(async () => {
    routes = await findRoutes();
  });

  it('are those that the controllers declare, all of them', () => {
    expect(routes.declared.length).toBeGreaterThan(60);
    const declared = routes.declared
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`);
    const served = new Set(routes.served);
    expect(declared.filter((route) => !served.has(route))).toEqual([]);
    const known = new Set(routes.declared.map(({ path }) => path));
    expect(routes.served.filter((route) => !known.has(route.slice(route.indexOf(' ') + 1)))).toEqual([]);
  });

  it('each declare a permission, with the guard that asks for it', () => {
    const bare = routes.declared.filter(({ permission, guarded }) => permission === undefined || !guarded);
    expect(bare.map(({ handler }) => handler)).toEqual([]);
  });

  it('are open to anybody only where this list says so', () => {
    const open = routes.declared.filter(({ permission }) => permission === 'public');
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...publicRoutes].sort());
  });

  it('write only with a permission that says write, maintain or operator', () => {
    const reads = /(search|search-datasets|presigned-download-url|get-latest-versions|get-history|batchGet\w*)$/;
    const weak = routes.declared.filter(
      ({ method, path, permission = '' }) =>
        ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) &&
        !/:write$|:maintain$|^operator$|^public$/.test(permission) &&
        !reads.test(path),
    );
    expect(weak.map(({ method, path, permission }) => `${method} ${path} ${permission ?? ''}`)).toEqual([]);
  });

  it('stand below the API prefix or at the addresses of pages, so that none falls beside the mount', () => {
    const stray = routes.declared.filter(
      ({ path, module }) =>
        ![...allowed, ...(['StandaloneModule', 'MetricsModule'].includes(module) ? standalone : [])].some((place) =>
          place.test(path),
        ),
    );
    expect(stray.map(({ handler, path }) => `${handler} ${path}`)).toEqual([]);
  });

  it('are each declared once', () => {
    const keys = routes.declared.map(({ method, path }) => `${method} ${path}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
});
