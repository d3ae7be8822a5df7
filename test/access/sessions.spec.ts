import { ProjectTokensService } from '../../src/projects';
import type { ProjectId } from '../../src/common';
import { startWorld, type Told, type World } from '../projects/world';

const here = { 'Sec-Fetch-Site': 'same-origin' };
const settings = '/owner/iris/-/ml/settings';

describe.each(['express', 'fastify'] as const)('signing in to the pages on %s', (adapter) => {
  let world: World;
  let project: ProjectId;

  beforeAll(async () => {
    world = await startWorld(adapter);
    project = await world.project('iris');
  });
  afterAll(() => world.close());

  function signIn(token: string, next = settings, headers: Record<string, string> = here): Promise<Told> {
    return world.ask('/-/ml/sign_in', { form: { token, next }, headers });
  }

  async function session(token = world.tokens.owner): Promise<string> {
    const { headers } = await signIn(token);
    return headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  it('leads from the page to the form, and with a token back to the page', async () => {
    const first = await world.ask(settings);
    expect(first.status).toBe(303);
    const form = await world.ask(first.headers.get('location') ?? '');
    expect(form.status).toBe(200);
    expect(form.text).toContain(`name="next" value="${settings}"`);
    const done = await signIn(world.tokens.owner);
    expect([done.status, done.headers.get('location')]).toEqual([303, settings]);
    const page = await world.ask(settings, { headers: { Cookie: await session() } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Sign out');
  });

  it('sets a cookie that scripts and other sites cannot use, and that does not tell the token', async () => {
    const cookie = (await signIn(world.tokens.owner)).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^assay_session=[\w-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(Buffer.from(cookie.slice(14).split(';')[0] ?? '', 'base64url').toString('latin1')).not.toContain(
      world.tokens.owner,
    );
  });

  it.each(['nonsense', '', 'x'.repeat(3000), 'assay_pat_unknown'])('refuses the token "%.20s"', async (token) => {
    const answer = await signIn(token);
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('role="alert"');
    expect(answer.headers.get('set-cookie')).toBeNull();
    if (token !== '') expect(answer.text).not.toContain(token);
  });

  it("refuses a stranger's token without saying whether there is such a project", async () => {
    const invisible = await signIn(world.tokens.stranger);
    const missing = await signIn(world.tokens.stranger, '/owner/none/-/ml/settings');
    expect([invisible.status, missing.status]).toEqual([401, 401]);
    expect(missing.text.replaceAll('owner/none', 'owner/iris')).toBe(invisible.text);
  });

  it("takes a project's own token, which then is what the person may do", async () => {
    const creator = { name: 'owner', role: 'maintain' } as const;
    const { secret } = await world.app
      .get(ProjectTokensService)
      .create(project, creator, { name: 'look', role: 'read' });
    const page = await world.ask(settings, { headers: { Cookie: await session(secret) } });
    expect(page.status).toBe(403);
    expect(page.text).toContain('You may not do this');
  });

  it.each(['https://evil.example/a/b/-/ml/x', '//evil.example/a/b/-/ml/x', '/elsewhere'])(
    'does not go on to %s',
    async (next) => {
      const answer = await signIn(world.tokens.owner, next);
      expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
        400,
        null,
        null,
      ]);
    },
  );

  it('does not believe a cookie that was changed, made up or has expired', async () => {
    const cookie = await session();
    const changed = cookie.slice(0, -3) + (cookie.endsWith('AAA') ? 'BBB' : 'AAA');
    for (const wrong of [changed, 'assay_session=AAAA', 'assay_session=', 'assay_session=%%%']) {
      expect((await world.ask(settings, { headers: { Cookie: wrong } })).status).toBe(303);
    }
    world.later(12 * 60 * 60 * 1000 + 1);
    expect((await world.ask(settings, { headers: { Cookie: cookie } })).status).toBe(303);
  });

  it('changes nothing for a form of another site', async () => {
    const Cookie = await session();
    const form = { metric: 'stolen', direction: 'maximize', status_context: 'x' };
    for (const headers of [
      { Cookie },
      { Cookie, 'Sec-Fetch-Site': 'cross-site' },
      { Cookie, 'Sec-Fetch-Site': 'same-site' },
      { Cookie, Origin: 'https://evil.example' },
      { Cookie, Origin: 'null' },
    ]) {
      expect((await world.ask(settings, { form, headers })).status).toBe(403);
      expect(
        (await world.ask(`/api/v4/projects/${String(project)}/ml/probe/maintain`, { method: 'POST', headers })).status,
      ).toBe(403);
    }
    const kept = await world.ask(`/api/v4/projects/${String(project)}/ml`, { token: world.tokens.owner });
    expect(kept.json?.['settings']).toMatchObject({ primary_metric: null });
  });

  it.each([
    ['Sec-Fetch-Site', () => here],
    ['the public origin', () => ({ Origin: 'http://assay.example' })],
    ['the origin it was reached by', () => ({ Origin: world.url })],
  ])('takes a form that shows by %s that it is ours', async (_name, headers) => {
    const form = { metric: '', direction: 'maximize', status_context: 'experiments', comment: 'yes' };
    const answer = await world.ask(settings, { form, headers: { Cookie: await session(), ...headers() } });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, settings]);
  });

  it('does not sign anybody in for another site', async () => {
    expect((await signIn(world.tokens.owner, settings, { Origin: 'https://evil.example' })).status).toBe(403);
  });

  it('signs out', async () => {
    const answer = await world.ask('/-/ml/sign_out', { method: 'POST', headers: { Cookie: await session(), ...here } });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('set-cookie')).toMatch(/^assay_session=; Max-Age=0; /);
  });

  it('serves the stylesheet, and pages that allow nothing else', async () => {
    const form = await world.ask(`/-/ml/sign_in?next=${encodeURIComponent(settings)}`);
    expect(form.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(form.headers.get('cache-control')).toContain('no-store');
    expect(form.text).not.toMatch(/<script|<style| style=| on\w+=/);
    const style = await world.ask(/href="([^"]+\.css[^"]*)"/.exec(form.text)?.[1] ?? '');
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });
});
