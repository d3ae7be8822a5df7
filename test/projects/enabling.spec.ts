import type { ProjectId } from '../../src/common';
import { statement } from '../../src/database';
import { ProjectsService } from '../../src/projects';
import { eventually } from './wait';
import { startWorld, type Told, type World } from './world';

describe.each(['express', 'fastify'] as const)('enabling on %s', (adapter) => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld(adapter);
  });
  afterAll(() => world.close());
  afterEach(() => {
    world.watch.down = false;
  });

  const api = (project: ProjectId): string => `/api/v4/projects/${String(project)}/ml`;
  const probe = (project: ProjectId, token = world.tokens.writer): Promise<Told> =>
    world.ask(`${api(project)}/probe/write`, { method: 'POST', token });

  async function audit(project: ProjectId): Promise<string[]> {
    const text = 'SELECT action, actor FROM assay.audit_events WHERE project_id = $1 ORDER BY happened_at';
    const rows = await world.database.query<{ action: string; actor: string }>(statement('test.audit', text), [
      project,
    ]);
    return rows.map(({ action, actor }) => `${action} by ${actor}`);
  }

  it.each([
    ['PUT', ''],
    ['POST', '/enable'],
  ])('opens the project to its members with %s%s', async (method, path) => {
    const project = await world.project(`new-${method.toLowerCase()}`, { enabled: false });
    expect((await probe(project)).status).toBe(404);
    const before = await world.ask(api(project), { token: world.tokens.reader });
    expect(before.json).toMatchObject({ enabled: false, role: 'read', project_id: project });
    const answer = await world.ask(api(project) + path, { method, token: world.tokens.owner });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      enabled: true,
      project: `owner/new-${method.toLowerCase()}`,
      tracking_uri: `http://assay.example/api/v4/projects/${String(project)}/ml/mlflow`,
      warnings: [],
      settings: { primary_metric: null, comment: true, status_context: 'experiments' },
    });
    expect((await probe(project)).status).toBe(201);
    expect(await audit(project)).toEqual(['project.enable by owner']);
  });

  it.each([
    ['writer', 403],
    ['reader', 403],
    ['stranger', 404],
  ] as const)('is refused to the %s with %i', async (who, status) => {
    const project = await world.project(`kept-from-${who}`, { enabled: false });
    expect((await world.ask(api(project), { method: 'PUT', token: world.tokens[who] })).status).toBe(status);
    expect((await world.ask(api(project), { method: 'PUT' })).status).toBe(401);
    expect(await audit(project)).toEqual([]);
  });

  it('twice changes nothing', async () => {
    const project = await world.project('twice');
    await world.ask(api(project), { method: 'PUT', token: world.tokens.owner });
    expect(await audit(project)).toEqual(['project.enable by owner']);
  });

  it('at once by many is done once', async () => {
    const project = await world.project('crowd', { enabled: false });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => world.ask(api(project), { method: 'PUT', token: world.tokens.owner })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await audit(project)).toEqual(['project.enable by owner']);
  });

  it('ends with disabling: 404 for everybody, the data kept until it is enabled again', async () => {
    const project = await world.project('pause');
    const patch = { primary_metric: { name: 'accuracy', direction: 'maximize' } };
    await world.ask(`${api(project)}/settings`, { method: 'PATCH', token: world.tokens.owner, json: patch });
    const made = await world.ask(`${api(project)}/tokens`, {
      token: world.tokens.owner,
      json: { name: 'ci', role: 'write' },
    });
    const own = String(made.json?.['token']);
    expect((await probe(project, own)).status).toBe(201);

    expect((await world.ask(api(project), { method: 'DELETE', token: world.tokens.owner })).status).toBe(204);
    expect((await probe(project)).status).toBe(404);
    expect((await probe(project, own)).status).toBe(401);
    expect((await world.ask(`${api(project)}/tokens`, { token: world.tokens.owner })).status).toBe(404);
    expect((await world.ask(api(project), { method: 'DELETE', token: world.tokens.owner })).status).toBe(404);
    expect((await world.ask(api(project), { token: world.tokens.owner })).json).toMatchObject({ enabled: false });

    const again = await world.ask(api(project), { method: 'PUT', token: world.tokens.owner });
    expect(again.json).toMatchObject({ settings: patch });
    expect((await probe(project, own)).status).toBe(201);
    expect(await audit(project)).toEqual([
      'project.enable by owner',
      'project.settings by owner',
      'token.create by owner',
      'project.disable by owner',
      'project.enable by owner',
    ]);
  });

  it('works when the webhook cannot be registered, and says so', async () => {
    const project = await world.project('deaf', { enabled: false });
    const access = (await world.forge.project({ id: project })) ?? { id: project };
    world.watch.down = true;
    const { warnings } = await world.app
      .get(ProjectsService)
      .enable({ principal: { name: 'owner', role: 'maintain' }, project: access as never });
    world.watch.down = false;
    expect(warnings).toEqual([expect.stringContaining('webhook could not be registered') as string]);
    expect((await probe(project)).status).toBe(201);
    expect((await world.ask(api(project), { token: world.tokens.owner })).json).toMatchObject({ webhook: false });
  });

  it('prepares the features first, and fails when one of them fails', async () => {
    const projects = world.app.get(ProjectsService);
    const project = await world.project('prepared', { enabled: false });
    let broken = true;
    const prepared: ProjectId[] = [];
    projects.onEnabled((id) => {
      if (id === project && broken) return Promise.reject(new Error('not today'));
      prepared.push(id);
      return Promise.resolve();
    });
    expect((await world.ask(api(project), { method: 'PUT', token: world.tokens.owner })).status).toBe(500);
    expect((await probe(project)).status).toBe(404);
    broken = false;
    expect((await world.ask(api(project), { method: 'PUT', token: world.tokens.owner })).status).toBe(200);
    expect(prepared).toEqual([project]);
  });

  it('follows the project to its new name', async () => {
    const project = await world.project('before');
    const made = await world.ask(`${api(project)}/tokens`, {
      token: world.tokens.owner,
      json: { name: 'ci', role: 'read' },
    });
    const own = String(made.json?.['token']);
    const named = (name: string, token: string): Promise<Told> =>
      world.ask(`/api/v4/projects/owner%2F${name}/ml/probe/read`, { token });
    expect((await named('before', own)).status).toBe(200);
    await world.admin.updateProject({ id: project }, { path: 'owner/after' });
    world.later(60_001);
    expect((await named('after', world.tokens.reader)).status).toBe(200);
    await eventually(async () => (await named('after', own)).status === 200);
    await eventually(async () => (await named('before', own)).status === 401);
    expect((await probe(project)).json?.['project']).toMatchObject({ path: 'owner/after' });
  });

  it('lists the enabled projects for the server itself', async () => {
    const on = await world.project('listed');
    const off = await world.project('unlisted', { enabled: false });
    const ids = (await world.app.get(ProjectsService).enabledProjects()).map(({ id }) => id);
    expect(ids).toContain(on);
    expect(ids).not.toContain(off);
  });

  it.each([
    [{ primary_metric: { name: '', direction: 'maximize' } }, 'primary_metric.name'],
    [{ primary_metric: { name: 'x', direction: 'sideways' } }, 'primary_metric.direction'],
    [{ comment: 'yes' }, 'comment'],
    [{ status_context: 'x'.repeat(101) }, 'status_context'],
    [{ unknown: 1 }, 'unknown'],
  ])('refuses the settings %j and names the field', async (json, field) => {
    const project = await world.project(`settings-${String(Math.random()).slice(2)}`);
    const answer = await world.ask(`${api(project)}/settings`, { method: 'PATCH', token: world.tokens.owner, json });
    expect([answer.status, answer.json?.['error'], answer.json?.['field']]).toEqual([400, 'invalid', field]);
  });

  it('takes the primary metric away with null and keeps what is left out', async () => {
    const project = await world.project('choices');
    const patch = (json: unknown): Promise<Told> =>
      world.ask(`${api(project)}/settings`, { method: 'PATCH', token: world.tokens.owner, json });
    await patch({ primary_metric: { name: 'loss', direction: 'minimize' }, comment: false });
    expect((await patch({ status_context: 'ml' })).json).toEqual({
      primary_metric: { name: 'loss', direction: 'minimize' },
      comment: false,
      status_context: 'ml',
    });
    expect((await patch({ primary_metric: null })).json).toMatchObject({ primary_metric: null, comment: false });
  });
});
