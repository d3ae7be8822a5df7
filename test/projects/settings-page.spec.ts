import type { ProjectId } from '../../src/common';
import { startWorld, type Told, type World } from './world';

describe.each(['express', 'fastify'] as const)('the settings page on %s', (adapter) => {
  let world: World;
  let project: ProjectId;
  const path = '/owner/iris/-/ml/settings';

  beforeAll(async () => {
    world = await startWorld(adapter);
    project = await world.project('iris', { enabled: false });
  });
  afterAll(() => world.close());

  const show = (token = world.tokens.owner): Promise<Told> => world.ask(path, { token });
  const post = (below: string, form: Record<string, string> = {}, token = world.tokens.owner): Promise<Told> =>
    world.ask(path + below, { form, token });

  it('offers to enable, and does', async () => {
    const before = await show();
    expect(before.status).toBe(200);
    expect(before.text).toContain(`action="${path}/enable"`);
    expect(before.text).not.toContain('MLFLOW_TRACKING_URI');
    const after = await post('/enable');
    expect(after.status).toBe(200);
    expect(after.text).toContain(
      `MLFLOW_TRACKING_URI='http://assay.example/api/v4/projects/${String(project)}/ml/mlflow'`,
    );
    expect(after.text).toContain("MLFLOW_TRACKING_TOKEN='&lt;your token&gt;'");
    expect(after.text).not.toContain(world.tokens.owner);
  });

  it.each([
    ['writer', 403],
    ['reader', 403],
    ['stranger', 404],
  ] as const)('answers the %s with a page of status %i', async (who, status) => {
    const answer = await show(world.tokens[who]);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^<!doctype html>/);
    expect((await post('/disable', {}, world.tokens[who])).status).toBe(status);
  });

  it('saves the settings', async () => {
    const saved = await post('', { metric: ' accuracy ', direction: 'minimize', status_context: 'ml' });
    expect([saved.status, saved.headers.get('location')]).toEqual([303, path]);
    const { json } = await world.ask(`/api/v4/projects/${String(project)}/ml`, { token: world.tokens.owner });
    expect(json?.['settings']).toEqual({
      primary_metric: { name: 'accuracy', direction: 'minimize' },
      comment: false,
      status_context: 'ml',
    });
    expect((await show()).text).toMatch(/value="accuracy"[\s\S]*<option value="minimize" selected>/);
    await post('', { metric: '', direction: 'maximize', status_context: 'ml', comment: 'yes' });
    expect((await show()).text).toMatch(/name="comment" value="yes" checked/);
  });

  it('refuses a setting beyond its limit with a page that says so', async () => {
    const answer = await post('', { metric: 'x'.repeat(251), direction: 'maximize', status_context: 'ml' });
    expect([answer.status, answer.text.includes('maximum length of 250 characters')]).toEqual([400, true]);
  });

  it('shows a new token this once, and revokes it', async () => {
    const name = '<b>"cluster"</b>';
    const made = await post('/tokens', { name, role: 'write', days: '30' });
    const secret = /assay_pat_[\w-]+/.exec(made.text)?.[0] ?? '';
    expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(made.text).toContain('&lt;b&gt;&quot;cluster&quot;&lt;/b&gt;');
    expect(made.text).not.toContain(name);
    const probe = `/api/v4/projects/${String(project)}/ml/probe/write`;
    expect((await world.ask(probe, { method: 'POST', token: secret })).status).toBe(201);
    const list = await show();
    expect(list.text).not.toContain(secret);
    const revoke = /settings(\/tokens\/[\w-]+\/revoke)/.exec(list.text)?.[1] ?? '';
    expect((await post(revoke)).status).toBe(303);
    expect((await world.ask(probe, { method: 'POST', token: secret })).status).toBe(401);
    expect((await post(revoke)).status).toBe(404);
    expect((await post('/tokens/nonsense/revoke')).status).toBe(404);
  });

  it.each([
    { name: '', role: 'write', days: '' },
    { name: 'x', role: 'admin', days: '' },
    { name: 'x', role: 'read', days: '9999' },
    { name: 'x', role: 'read', days: '-1' },
  ])('refuses the token %j', async (form) => {
    expect((await post('/tokens', form)).status).toBe(400);
  });

  it('disables, and offers to enable again', async () => {
    expect((await post('/disable')).status).toBe(303);
    expect((await show()).text).toContain(`action="${path}/enable"`);
    expect((await post('/tokens', { name: 'x', role: 'read', days: '' })).status).toBe(404);
  });
});
