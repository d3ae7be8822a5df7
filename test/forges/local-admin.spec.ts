import { LocalForge, LocalForgeAdmin, type ForgeProject } from '../../src/forge';
import { addresses, startLocal, type LocalFixture } from './local.fixture';

describe('the management of the local forge', () => {
  let fixture: LocalFixture;
  let admin: LocalForgeAdmin;
  let forge: LocalForge;

  beforeAll(async () => {
    fixture = await startLocal();
    ({ admin, forge } = fixture);
  });

  afterAll(async () => {
    await fixture.stop();
  });

  async function roleWith(secret: string, project: { path: string }): Promise<string | undefined> {
    return (await forge.access(project, { kind: 'token', secret }))?.role;
  }

  describe('projects', () => {
    it('get the namespace root, root as maintainer, and a first commit', async () => {
      const project = await admin.createProject('penguins');
      expect(project).toMatchObject({ path: 'root/penguins', visibility: 'private', defaultBranch: 'main' });
      expect(await admin.members(project)).toEqual([{ username: 'root', role: 'maintain' }]);
      expect(await forge.commits((await forge.project(project)) as ForgeProject, 'main', 5)).toHaveLength(1);
      expect(await forge.project({ path: 'penguins' })).toMatchObject({
        path: 'root/penguins',
        webUrl: addresses.page('root/penguins', 'experiments'),
      });
    });

    it('are taken once, whatever the case', async () => {
      await admin.createProject('taken');
      await expect(admin.createProject('root/TAKEN')).rejects.toMatchObject({ kind: 'already-exists' });
      await admin.createProject('other');
      const renaming = admin.updateProject({ path: 'other' }, { path: 'taken' });
      await expect(renaming).rejects.toMatchObject({ kind: 'already-exists' });
    });

    it.each(['', 'a/b/c', '/a', 'a/', '../a', 'a/..', '.a', '-a', 'a b', 'ä', 'a/b%2f', 'x'.repeat(101)])(
      'are refused the path %j',
      async (path) => {
        await expect(admin.createProject(path)).rejects.toMatchObject({ kind: 'invalid', field: 'path' });
      },
    );

    it('leave nothing behind when their owner is unknown', async () => {
      await expect(admin.createProject('lost', { owner: 'nobody' })).rejects.toMatchObject({ kind: 'not-found' });
      expect(await forge.project({ path: 'lost' })).toBeUndefined();
    });

    it('that are internal are read by every user and by no visitor', async () => {
      const project = await admin.createProject('inside', { visibility: 'internal' });
      expect(await roleWith(await fixture.token('stranger', 'all'), project)).toBe('read');
      expect(await forge.access(project, undefined)).toBeUndefined();
    });
  });

  describe('tokens', () => {
    it('are kept as a hash alone, and shown once', async () => {
      const { secret, username } = await admin.createToken('writer', { name: 'shown' });
      expect(username).toBe('writer');
      expect(secret).toMatch(/^assay-local-[A-Za-z0-9_-]{32}$/);
      const rows = await fixture.test.database.query({ text: 'SELECT t::text AS row FROM assay_forge.tokens t' });
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString('hex'));
      expect(await admin.tokens('writer')).toContainEqual(expect.objectContaining({ name: 'shown', revokedAt: null }));
    });

    it('expire', async () => {
      const project = await admin.createProject('expiring', { owner: 'owner' });
      const { secret } = await admin.createToken('owner', { name: 'brief', expiresAt: new Date(Date.now() + 400) });
      expect(await roleWith(secret, project)).toBe('maintain');
      await new Promise((resolve) => setTimeout(resolve, 600));
      await expect(roleWith(secret, project)).rejects.toMatchObject({ kind: 'unauthenticated' });
    });

    it('are revoked by id or secret, again without an error, and not when unknown', async () => {
      const project = await admin.createProject('revoking', { owner: 'owner' });
      const { id, secret } = await admin.createToken('owner', { name: 'by id' });
      await admin.revokeToken(id);
      await admin.revokeToken(secret);
      await expect(roleWith(secret, project)).rejects.toMatchObject({ kind: 'unauthenticated' });
      await expect(admin.revokeToken('assay-local-nothing')).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('of a project are good for it alone, with their role and scopes', async () => {
      const [mine, other] = [await admin.createProject('mine'), await admin.createProject('not-mine')];
      const shown = await admin.createProject('shown', { visibility: 'public' });
      const { secret, username } = await admin.createProjectToken(mine, 'write', { name: 'ci', scopes: ['read'] });
      expect(username).toMatch(/^project_\d+_bot_/);
      expect(await roleWith(secret, mine)).toBe('write');
      expect(await roleWith(secret, other)).toBeUndefined();
      expect(await roleWith(secret, shown)).toBe('read');
      const credential = { kind: 'token', secret } as const;
      expect(await forge.scopesAllowWriting((await forge.project(mine)) as ForgeProject, credential)).toBe(false);
      const full = { kind: 'token', secret: (await admin.createProjectToken(mine, 'write')).secret } as const;
      expect(await forge.scopesAllowWriting((await forge.project(mine)) as ForgeProject, full)).toBe(true);
      expect(await forge.scopesAllowWriting((await forge.project(other)) as ForgeProject, full)).toBe(false);
      expect(await admin.members(mine)).toEqual([{ username: 'root', role: 'maintain' }]);
    });
  });

  it('knows its administrator by one token, which replaces the one before', async () => {
    const project = await admin.createProject('administrated', { owner: 'owner' });
    await admin.ensureAdminToken('first-admin-secret');
    await admin.ensureAdminToken('first-admin-secret');
    expect(await admin.isAdmin('first-admin-secret')).toBe(true);
    expect(await roleWith('first-admin-secret', project)).toBe('maintain');
    await admin.ensureAdminToken('second-admin-secret');
    expect(await admin.isAdmin('first-admin-secret')).toBe(false);
    await admin.ensureAdminToken('first-admin-secret');
    expect(await admin.isAdmin('first-admin-secret')).toBe(true);
    expect(await admin.isAdmin(await fixture.token('owner', 'all'))).toBe(false);
    expect(await admin.isAdmin('')).toBe(false);
    const root = await admin.createToken('root', { name: 'reading', scopes: ['read'] });
    expect(await admin.isAdmin(root.secret)).toBe(false);
  });

  describe('merge requests', () => {
    it('are counted from 1 in each project, each number once though many are made at once', async () => {
      const project = await admin.createProject('counting');
      const branches = Array.from({ length: 8 }, (_, index) => `topic-${index}`);
      for (const branch of branches) await admin.pushCommit(project, branch);
      const made = await Promise.all(
        branches.map((source) => admin.createMergeRequest(project, { title: source, source })),
      );
      expect(made.map(({ iid }) => iid).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('are one at a time from a branch to another, and end once', async () => {
      const project = await admin.createProject('ending');
      await admin.pushCommit(project, 'topic');
      const { iid } = await admin.createMergeRequest(project, { title: 'one', source: 'topic' });
      const again = admin.createMergeRequest(project, { title: 'two', source: 'topic' });
      await expect(again).rejects.toMatchObject({ kind: 'already-exists' });
      const merged = await admin.mergeMergeRequest(project, iid);
      expect(merged.name).toBe('main');
      await expect(admin.closeMergeRequest(project, iid)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await admin.mergeRequests(project)).toMatchObject([{ iid, state: 'merged' }]);
    });

    it('need branches that are there', async () => {
      const project = await admin.createProject('branchless');
      const work = admin.createMergeRequest(project, { title: 'none', source: 'nowhere' });
      await expect(work).rejects.toMatchObject({ kind: 'not-found' });
      const itself = admin.createMergeRequest(project, { title: 'itself', source: 'main' });
      await expect(itself).rejects.toMatchObject({ kind: 'invalid' });
    });
  });

  describe('pushes', () => {
    it('take the given commit and parent, and refuse what is none', async () => {
      const project = await admin.createProject('pushing');
      const sha = 'a'.repeat(40);
      expect(await admin.pushCommit(project, 'topic', { sha })).toEqual({ name: 'topic', sha });
      expect(await admin.pushCommit(project, 'topic', { sha })).toEqual({ name: 'topic', sha });
      for (const bad of ['A'.repeat(40), 'abc', '', 'a'.repeat(41)]) {
        await expect(admin.pushCommit(project, 'topic', { sha: bad })).rejects.toMatchObject({ kind: 'invalid' });
      }
      const orphan = admin.pushCommit(project, 'topic', { parent: 'b'.repeat(40) });
      await expect(orphan).rejects.toMatchObject({ kind: 'invalid', field: 'parent' });
    });

    it.each(['', '-x', 'a..b', 'a b', 'a~1', 'a.lock', '/a', 'a/', 'a\u0000'])(
      'are refused to the branch %j',
      async (branch) => {
        const project = (await forge.project({ path: 'pushing' })) as ForgeProject;
        await expect(admin.pushCommit(project, branch)).rejects.toMatchObject({ kind: 'invalid', field: 'branch' });
      },
    );
  });

  it('has nothing to say over HTTP: no webhook of it is ever believed', () => {
    const request = { headers: {}, body: Buffer.from('{}') };
    expect(forge.webhookProject(request)).toBeUndefined();
    expect(() => forge.readWebhook(request, 'secret')).toThrow(/no webhooks/);
  });
});
