import { declaredRoutes, type Route } from '../support/routes';
import { startNativeWorld, type NativeWorld } from './world';

const reads = /:read$/;

describe('the permissions of the native API', () => {
  let world: NativeWorld;
  let routes: Route[];
  beforeAll(async () => {
    world = await startNativeWorld();
    await world.call('POST', 'candidates', { body: { experiment: 0 } });
    routes = declaredRoutes(world.app).filter(
      ({ native, path, permission }) => native && path.includes('/projects/:project/ml') && permission !== 'operator',
    );
  });
  afterAll(async () => {
    await world.close();
  });

  function address({ path }: Route): string {
    const iid = /\/(merge_requests|candidates)\//.test(path) ? '1' : '0';
    return path
      .replace(':project', String(world.project))
      .replace(':iid', iid)
      .replace(/:\w+/g, 'x')
      .replace(/\*$/, 'a.txt');
  }
  const ask = async (route: Route, token: string | null): Promise<number> =>
    (await world.call(route.method, address(route), { token, ...(route.method === 'GET' ? {} : { body: {} }) })).status;

  it('keep everybody without a token out', async () => {
    const open: string[] = [];
    for (const route of routes) {
      if ((await ask(route, null)) !== 401) open.push(`${route.method} ${route.path}`);
    }
    expect(routes.length).toBeGreaterThan(30);
    expect(open).toEqual([]);
  });

  it('let a reader read, and do nothing else', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const refused = (await ask(route, world.tokens.reader)) === 403;
      if (refused === reads.test(route.permission ?? ''))
        wrong.push(`${route.method} ${route.path}: ${route.permission ?? ''}`);
    }
    expect(wrong).toEqual([]);
    expect((await world.get('candidates/1')).status).toBe(200);
  });

  it('let a writer write, and not maintain', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(({ permission = '' }) => /:(write|maintain)$/.test(permission))) {
      if (route.permission === 'project:maintain') {
        if ((await ask(route, world.tokens.writer)) !== 403) wrong.push(`${route.method} ${route.path}`);
      } else if ([401, 403].includes(await ask(route, world.tokens.writer)))
        wrong.push(`${route.method} ${route.path}`);
    }
    expect(wrong).toEqual([]);
  });
});
