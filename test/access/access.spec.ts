import { ProjectTokensService } from '../../src/projects';
import type { ProjectId } from '../../src/common';
import { eventually } from '../projects/wait';
import { startWorld, type Who, type World } from '../projects/world';

const kinds = ['read', 'write', 'maintain'] as const;

function basic(text: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(text).toString('base64')}` };
}

describe.each(['express', 'fastify'] as const)('access on %s', (adapter) => {
  let world: World;
  let secret: ProjectId;
  let open: ProjectId;
  let off: ProjectId;

  beforeAll(async () => {
    world = await startWorld(adapter);
    secret = await world.project('secret');
    open = await world.project('open', { visibility: 'public' });
    off = await world.project('off', { visibility: 'public', enabled: false });
  });
  afterAll(() => world.close());
  afterEach(() => {
    world.watch.down = false;
  });

  async function statuses(
    project: number | string,
    token?: string,
    headers?: Record<string, string>,
  ): Promise<number[]> {
    const found: number[] = [];
    for (const kind of kinds) {
      const request = {
        method: kind === 'read' ? 'GET' : 'POST',
        ...(token && { token }),
        ...(headers && { headers }),
      };
      found.push((await world.ask(`/api/v4/projects/${String(project)}/ml/probe/${kind}`, request)).status);
    }
    return found;
  }

  it.each<[Who, number[]]>([
    ['owner', [200, 201, 201]],
    ['writer', [200, 201, 403]],
    ['reader', [200, 403, 403]],
    ['stranger', [404, 404, 404]],
  ])('gives the %s of a private project reading, writing, maintaining: %j', async (who, expected) => {
    expect(await statuses(secret, world.tokens[who])).toEqual(expected);
  });

  it('lets strangers read a public project, signed in or not', async () => {
    expect(await statuses(open, world.tokens.stranger)).toEqual([200, 403, 403]);
    expect(await statuses(open)).toEqual([200, 401, 401]);
  });

  it('asks everybody for a token at a private project, whether or not there is one', async () => {
    expect(await statuses(secret)).toEqual([401, 401, 401]);
    expect(await statuses(999_999)).toEqual([401, 401, 401]);
    const { headers } = await world.ask(`/api/v4/projects/${String(secret)}/ml/probe/read`);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm=.*Basic realm=/);
  });

  it('refuses an unknown token, also at a public project', async () => {
    expect(await statuses(open, 'nonsense')).toEqual([401, 401, 401]);
    expect(await statuses(999_999, 'nonsense')).toEqual([401, 401, 401]);
  });

  it('answers alike for projects that are missing, invisible or not enabled', async () => {
    const answers = await Promise.all(
      [999_999, secret, off, 'owner%2Fnowhere', 'nowhere'].map((project) =>
        world.ask(`/api/v4/projects/${String(project)}/ml/probe/read`, { token: world.tokens.stranger }),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  it('takes the path in the place of the number', async () => {
    expect(await statuses('owner%2Fsecret', world.tokens.writer)).toEqual([200, 201, 403]);
  });

  it.each([
    ['Bearer', (token: string) => ({ Authorization: `Bearer ${token}` })],
    ['token', (token: string) => ({ Authorization: `token ${token}` })],
    ['Basic user:token', (token: string) => basic(`writer:${token}`)],
    ['Basic token:x-oauth-basic', (token: string) => basic(`${token}:x-oauth-basic`)],
    ['PRIVATE-TOKEN', (token: string) => ({ 'PRIVATE-TOKEN': token })],
    ['JOB-TOKEN', (token: string) => ({ 'JOB-TOKEN': token })],
  ])('takes a token as %s', async (_name, headersOf) => {
    expect(await statuses(secret, undefined, headersOf(world.tokens.writer))).toEqual([200, 201, 403]);
  });

  it('answers 400 to an Authorization that is none of the forms', async () => {
    expect(await statuses(secret, undefined, { Authorization: 'Digest x' })).toEqual([400, 400, 400]);
  });

  it('lets a read-only token of a maintainer read, and nothing else', async () => {
    const { secret: token } = await world.admin.createToken('owner', { name: 'look', scopes: ['read'] });
    expect(await statuses(secret, token)).toEqual([200, 403, 403]);
    const { json } = await world.ask(`/api/v4/projects/${String(secret)}/ml/probe/write`, { method: 'POST', token });
    expect(json).toEqual({ error: 'forbidden', message: expect.stringContaining('scopes are read-only') as string });
  });

  it('makes an archived project read-only for members and for its own tokens', async () => {
    const project = await world.project('old');
    const tokens = world.app.get(ProjectTokensService);
    const creator = { name: 'owner', role: 'maintain' } as const;
    const { secret: own } = await tokens.create(project, creator, { name: 'ci', role: 'maintain' });
    await world.admin.updateProject({ id: project }, { archived: true });
    world.later(60_001);
    expect(await statuses(project, world.tokens.owner)).toEqual([200, 403, 403]);
    await eventually(async () => (await statuses(project, own)).join() === '200,403,403');
  });

  it('notices a removed member after 60 s at the latest', async () => {
    const project = await world.project('leaving');
    expect(await statuses(project, world.tokens.writer)).toEqual([200, 201, 403]);
    await world.admin.removeMember({ id: project }, 'writer');
    world.later(60_001);
    expect(await statuses(project, world.tokens.writer)).toEqual([404, 404, 404]);
  });

  it('stays shut while the forge is down, once nothing is remembered', async () => {
    const project = await world.project('stormy');
    expect(await statuses(project, world.tokens.writer)).toEqual([200, 201, 403]);
    world.watch.down = true;
    expect(await statuses(project, world.tokens.writer)).toEqual([200, 201, 403]);
    world.later(60_001);
    expect(await statuses(project, world.tokens.writer)).toEqual([503, 503, 503]);
    expect(await statuses(project)).toEqual([503, 503, 503]);
    const { headers } = await world.ask(`/api/v4/projects/${String(project)}/ml/probe/read`, {
      token: world.tokens.writer,
    });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('keeps public routes open and operators apart', async () => {
    const path = `/api/v4/projects/${String(secret)}/ml/probe`;
    expect((await world.ask(`${path}/public`)).status).toBe(200);
    expect((await world.ask(`${path}/operator`)).status).toBe(401);
    expect((await world.ask(`${path}/operator`, { token: world.tokens.owner })).status).toBe(403);
  });
});

describe('the administrator', () => {
  it('is known by the token that the options name, or by what the host says', async () => {
    const world = await startWorld('express', {
      operatorToken: 'the-admin',
      isOperator: (token) => token === 'another',
    });
    try {
      const path = '/api/v4/projects/1/ml/probe/operator';
      expect((await world.ask(path, { token: 'the-admin' })).status).toBe(200);
      expect((await world.ask(path, { token: 'another' })).status).toBe(200);
      expect((await world.ask(path, { token: 'the-admin2' })).status).toBe(403);
    } finally {
      await world.close();
    }
  });
});
