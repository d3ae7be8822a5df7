import type { ProjectId } from '../../src/common';
import { statement } from '../../src/database';
import { ProjectTokensService } from '../../src/projects';
import { eventually } from './wait';
import { startWorld, type Told, type World } from './world';

const maintainer = { name: 'owner', role: 'maintain' } as const;

describe.each(['express', 'fastify'] as const)('access tokens of a project on %s', (adapter) => {
  let world: World;
  let project: ProjectId;

  beforeAll(async () => {
    world = await startWorld(adapter);
    project = await world.project('iris');
  });
  afterAll(() => world.close());

  const tokens = (id = project): string => `/api/v4/projects/${String(id)}/ml/tokens`;
  const create = (json: unknown, token = world.tokens.owner): Promise<Told> => world.ask(tokens(), { token, json });
  const probe = async (
    kind: 'read' | 'write' | 'maintain',
    token: string,
    id: ProjectId | string = project,
  ): Promise<number> =>
    (
      await world.ask(`/api/v4/projects/${String(id)}/ml/probe/${kind}`, {
        method: kind === 'read' ? 'GET' : 'POST',
        token,
      })
    ).status;

  it.each([
    ['read', [200, 403, 403]],
    ['write', [200, 201, 403]],
    ['maintain', [200, 201, 201]],
  ])('with the role %s may read, write, maintain: %j', async (role, expected) => {
    const { status, json, headers } = await create({ name: `for ${role}`, role });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    const secret = String(json?.['token']);
    expect(secret).toMatch(/^assay_pat_[\w-]{32,}$/);
    const found = [await probe('read', secret), await probe('write', secret), await probe('maintain', secret)];
    expect(found).toEqual(expected);
  });

  it('is shown once and kept as a hash alone', async () => {
    const { json } = await create({ name: 'hidden', role: 'read' });
    const secret = String(json?.['token']);
    const list = await world.ask(tokens(), { token: world.tokens.owner });
    expect(list.text).toContain('"hidden"');
    expect(list.text).not.toContain(secret);
    expect(list.text).not.toContain('hash');
    const text =
      'SELECT p::text || t::text || a::text AS all FROM assay.projects p, assay.project_tokens t, assay.audit_events a WHERE p.project_id = $1';
    const rows = await world.database.query<{ all: string }>(statement('test.everything', text), [project]);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ all }) => all.includes(secret.slice(10)))).toEqual([]);
  });

  it('is no good for another project, nor does it tell whether there is one', async () => {
    const other = await world.project('wine');
    const { secret } = await world.app
      .get(ProjectTokensService)
      .create(other, maintainer, { name: 'ci', role: 'maintain' });
    const strange = await world.ask(`/api/v4/projects/${String(project)}/ml/probe/read`, { token: secret });
    const missing = await world.ask('/api/v4/projects/999999/ml/probe/read', { token: secret });
    expect([strange.status, strange.text]).toEqual([401, missing.text]);
    expect(await probe('read', secret, other)).toBe(200);
    expect((await world.ask(tokens(), { token: secret })).status).toBe(401);
  });

  it('can be addressed by the path too, in any case', async () => {
    const { json } = await create({ name: 'path', role: 'write' });
    expect(await probe('write', String(json?.['token']), 'owner%2Firis')).toBe(201);
    expect(await probe('write', String(json?.['token']), 'Owner%2FIris')).toBe(201);
  });

  it('stops when it is revoked', async () => {
    const { json } = await create({ name: 'short', role: 'write' });
    const secret = String(json?.['token']);
    expect(await probe('write', secret)).toBe(201);
    const path = `${tokens()}/${String(json?.['id'])}`;
    expect((await world.ask(path, { method: 'DELETE', token: world.tokens.writer })).status).toBe(403);
    expect((await world.ask(path, { method: 'DELETE', token: world.tokens.owner })).status).toBe(204);
    expect(await probe('write', secret)).toBe(401);
    expect((await world.ask(path, { method: 'DELETE', token: world.tokens.owner })).status).toBe(404);
    expect((await world.ask(tokens(), { token: world.tokens.owner })).text).not.toContain('"short"');
  });

  it("cannot be revoked through another project's address", async () => {
    const other = await world.project('cars');
    const { json } = await create({ name: 'mine', role: 'read' });
    const path = `${tokens(other)}/${String(json?.['id'])}`;
    expect((await world.ask(path, { method: 'DELETE', token: world.tokens.owner })).status).toBe(404);
    expect(await probe('read', String(json?.['token']))).toBe(200);
  });

  it('stops at its expiry, to the second', async () => {
    const expiresAt = new Date(Date.now() + 700);
    const { secret } = await world.app
      .get(ProjectTokensService)
      .create(project, maintainer, { name: 'brief', role: 'read', expiresAt });
    expect(await probe('read', secret)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, expiresAt.getTime() - Date.now() + 20));
    expect(await probe('read', secret)).toBe(401);
    const { json } = await world.ask(tokens(), { token: world.tokens.owner });
    expect(json?.['tokens']).toContainEqual(
      expect.objectContaining({ name: 'brief', expires_at: expiresAt.toISOString() }),
    );
  });

  it('tells when it was used last', async () => {
    const { json } = await create({ name: 'busy', role: 'read' });
    expect(json).toMatchObject({ last_used_at: null, created_by: 'owner', expires_at: null });
    const before = Date.now();
    await probe('read', String(json?.['token']));
    await eventually(async () => {
      const list = (await world.ask(tokens(), { token: world.tokens.owner })).json?.['tokens'] as {
        name: string;
        last_used_at: string;
      }[];
      const used = list.find(({ name }) => name === 'busy')?.last_used_at;
      return Date.parse(used ?? '') >= before - 1000;
    });
  });

  it("can be made by a token that maintains, and shows in the names of the candidates' authors", async () => {
    const { json } = await create({ name: 'robot', role: 'maintain' });
    const made = await create({ name: 'child', role: 'maintain' }, String(json?.['token']));
    expect(made.json).toMatchObject({ created_by: 'token:robot' });
    const { json: seen } = await world.ask(`/api/v4/projects/${String(project)}/ml/probe/read`, {
      token: String(made.json?.['token']),
    });
    expect(seen?.['principal']).toEqual({ name: 'token:child', role: 'maintain' });
  });

  it("never has a role above its maker's", async () => {
    const service = world.app.get(ProjectTokensService);
    await expect(
      service.create(project, { name: 'writer', role: 'write' }, { name: 'x', role: 'maintain' }),
    ).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it.each([
    [{ name: '', role: 'read' }, 'name'],
    [{ name: '   ', role: 'read' }, 'name'],
    [{ name: 'x'.repeat(256), role: 'read' }, 'name'],
    [{ name: 'a\0b', role: 'read' }, 'name'],
    [{ name: 'x', role: 'admin' }, 'role'],
    [{ name: 'x' }, 'role'],
    [{ name: 'x', role: 'read', expires_at: '2001-01-01' }, 'expires_at'],
    [{ name: 'x', role: 'read', expires_at: '2999-01-01' }, 'expires_at'],
    [{ name: 'x', role: 'read', expires_at: 'soon' }, 'expires_at'],
    [{ name: 'x', role: 'read', hash: 'y' }, 'hash'],
  ])('is refused as %j, naming the field', async (json, field) => {
    const answer = await create(json);
    expect([answer.status, answer.json?.['field']]).toEqual([400, field]);
  });

  it('stops within seconds when another process revokes it', async () => {
    const { json } = await create({ name: 'elsewhere', role: 'write' });
    const secret = String(json?.['token']);
    expect(await probe('write', secret)).toBe(201);
    const text = 'UPDATE assay.project_tokens SET revoked_at = now() WHERE project_id = $1 AND token_id = $2';
    await world.database.query(statement('test.revoke', text), [project, json?.['id']]);
    await eventually(async () => (await probe('write', secret)) === 401);
  });

  it('keeps working while the forge is down, for it is ours', async () => {
    const { json } = await create({ name: 'steady', role: 'write' });
    world.watch.down = true;
    expect(await probe('write', String(json?.['token']))).toBe(201);
    world.watch.down = false;
  });
});
