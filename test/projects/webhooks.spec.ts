import { createHmac } from 'node:crypto';
import { filter } from 'rxjs';
import type { ProjectId } from '../../src/common';
import { statement } from '../../src/database';
import { GiteaForge, type ForgeEvent } from '../../src/forge';
import { ForgeEvents } from '../../src/projects';
import { eventually } from './wait';
import { startWorld, type Told, type World } from './world';

function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

function push(project: number): string {
  return JSON.stringify({
    ref: 'refs/heads/main',
    after: 'a'.repeat(40),
    repository: { id: project, full_name: 'owner/iris' },
  });
}

describe.each(['express', 'fastify'] as const)("the forge's webhook on %s", (adapter) => {
  let world: World;
  let project: ProjectId;
  let secret: string;
  const events: ForgeEvent[] = [];

  beforeAll(async () => {
    world = await startWorld(adapter, {}, new GiteaForge({ url: 'http://127.0.0.1:1', token: 'unused' }));
    project = await world.project('iris');
    world.app
      .get(ForgeEvents)
      .events.pipe(filter(({ kind }) => kind !== 'rights'))
      .subscribe((event) => events.push(event));
    const text = 'SELECT webhook_secret FROM assay.projects WHERE project_id = $1';
    const [row] = await world.database.query<{ webhook_secret: string }>(statement('test.secret', text), [project]);
    secret = row?.webhook_secret ?? '';
  });
  afterAll(() => world.close());
  beforeEach(() => {
    events.length = 0;
  });

  function send(body: string, signature: string, event = 'push', forge = 'gitea'): Promise<Told> {
    return world.ask(`/api/v4/ml/hooks/${forge}?project=${String(project)}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'X-Gitea-Event': event, 'X-Gitea-Signature': signature },
    });
  }

  it('is taken when it is signed, and its event goes on', async () => {
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const body = push(project);
    expect((await send(body, sign(body, secret))).status).toBe(204);
    expect(events).toEqual([{ kind: 'push', project, branch: 'main', sha: 'a'.repeat(40) }]);
  });

  it('is taken quietly when it tells nothing that we act upon', async () => {
    const body = push(project);
    expect((await send(body, sign(body, secret), 'issues')).status).toBe(204);
    expect(events).toEqual([]);
  });

  it('makes rights be asked anew', async () => {
    const read = (): Promise<Told> =>
      world.ask(`/api/v4/projects/${String(project)}/ml/probe/read`, { token: world.tokens.reader });
    await read();
    await read();
    const before = world.watch.calls.get('access') ?? 0;
    const body = push(project);
    await send(body, sign(body, secret));
    await read();
    expect(world.watch.calls.get('access')).toBe(before + 1);
  });

  it('is refused with a wrong signature, another secret, none, or a changed body', async () => {
    const body = push(project);
    for (const [sent, signature] of [
      [body, sign(body, `${secret}x`)],
      [body, ''],
      [body.replace('main', 'evil'), sign(body, secret)],
      [body, sign(body, '')],
    ] as const) {
      expect((await send(sent, signature)).status).toBe(401);
    }
    expect(events).toEqual([]);
  });

  it("is refused for another project than the secret's, a missing one or a disabled one", async () => {
    const other = await world.project('wine');
    const off = await world.project('off', { enabled: false });
    for (const id of [other, off, 999_999]) {
      const body = push(id);
      expect((await send(body, sign(body, secret))).status).toBe(401);
    }
    expect(events).toEqual([]);
  });

  it('is refused in the name of another forge, and beyond its size', async () => {
    const body = push(project);
    expect((await send(body, sign(body, secret), 'push', 'github')).status).toBe(404);
    const long = JSON.stringify({ ...(JSON.parse(body) as object), padding: 'x'.repeat(9_000_000) });
    const answer = await send(long, sign(long, secret));
    expect([answer.status, answer.json?.['error']]).toEqual([413, 'too-large']);
    expect(answer.json?.['message']).toContain('8388608');
  });
});

describe('the local forge', () => {
  it('is heard without a webhook', async () => {
    const world = await startWorld();
    const events: ForgeEvent[] = [];
    world.app.get(ForgeEvents).events.subscribe((event) => events.push(event));
    const project = await world.project('iris');
    const read = async (): Promise<number> =>
      (await world.ask(`/api/v4/projects/${String(project)}/ml/probe/read`, { token: world.tokens.stranger })).status;
    expect(await read()).toBe(404);
    await world.admin.addMember({ id: project }, 'stranger', 'read');
    await eventually(async () => (await read()) === 200);
    await world.admin.pushCommit({ id: project }, 'main');
    await eventually(() => Promise.resolve(events.some(({ kind }) => kind === 'push')));
    await world.close();
  });
});
