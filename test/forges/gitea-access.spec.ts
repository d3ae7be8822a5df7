import { GiteaForge, type Forge, type ForgeProject, type ProjectAccess } from '../../src/forge';
import { describePart } from '../support/parts';
import { startGiteaFixture, type GiteaFixture } from './gitea.fixture';

describePart('gitea', 'rights on Gitea', () => {
  let fixture: GiteaFixture;
  let forge: Forge;
  let open: ForgeProject;
  let secret: ForgeProject;

  beforeAll(async () => {
    fixture = await startGiteaFixture();
    forge = fixture.forge;
    open = await fixture.createProject('open', 'public');
    secret = await fixture.createProject('secret', 'private');
  });

  afterAll(async () => {
    await fixture.stop();
  });

  /** By id and by path, which must say the same. */
  async function access(project: ForgeProject, token?: string): Promise<ProjectAccess | undefined> {
    const credential = token === undefined ? undefined : ({ kind: 'token', secret: token } as const);
    const byId = await forge.access({ id: project.id }, credential);
    expect(await forge.access({ path: project.path }, credential)).toEqual(byId);
    return byId;
  }

  function mayWrite(project: ForgeProject, token: string): Promise<boolean> {
    return forge.scopesAllowWriting(project, { kind: 'token', secret: token });
  }

  describe('tokens of single scopes', () => {
    it('still read without the scope read:user, under a name that is no user', async () => {
      const token = await fixture.people.writer.token(['write:repository']);
      expect(await access(secret, token)).toMatchObject({ role: 'write', user: { username: 'gitea-token' } });
      expect(await mayWrite(secret, token)).toBe(true);
    });

    it('see nothing without a scope for repositories', async () => {
      const token = await fixture.people.owner.token(['read:user', 'write:issue']);
      expect(await access(secret, token)).toBeUndefined();
      expect(await access(open, token)).toBeUndefined();
    });

    it('do not write with the right to issues alone', async () => {
      const token = await fixture.people.owner.token(['write:issue', 'read:repository']);
      expect(await mayWrite(secret, token)).toBe(false);
    });

    it('see no private repository when limited to public ones, not even by its id', async () => {
      const token = await fixture.people.owner.token(['public-only', 'write:repository', 'read:user']);
      expect(await access(secret, token)).toBeUndefined();
      expect(await mayWrite(secret, token)).toBe(false);
      expect(await access(open, token)).toMatchObject({ role: 'maintain' });
      expect(await mayWrite(open, token)).toBe(true);
    });

    it('do not write for a reader or a stranger, whatever their scopes', async () => {
      expect(await mayWrite(secret, await fixture.token('reader', 'all'))).toBe(false);
      expect(await mayWrite(secret, await fixture.token('stranger', 'all'))).toBe(false);
    });
  });

  describe('teams of an organization', () => {
    let project: ForgeProject;

    beforeAll(async () => {
      await fixture.gitea.createOrg('lab');
      await fixture.gitea.createRepo('lab', 'rocks', { private: true });
      await fixture.gitea.addCollaborator('lab', 'rocks', 'assay-bot', 'admin');
      project = (await forge.project({ path: 'lab/rocks' })) as ForgeProject;
    });

    async function memberOf(name: string, units: Record<string, 'none' | 'read' | 'write'>): Promise<string> {
      const user = await fixture.gitea.createUser(name);
      const team = await fixture.gitea.createTeam('lab', `team-${name}`, units);
      await team.addMember(user.name);
      return user.token(['all']);
    }

    it('write with the right to write code', async () => {
      const token = await memberOf('coder', { 'repo.code': 'write' });
      expect(await access(project, token)).toMatchObject({ role: 'write', user: { username: 'coder' } });
      expect(await mayWrite(project, token)).toBe(true);
    });

    it('read with the right to read code', async () => {
      const token = await memberOf('looker', { 'repo.code': 'read', 'repo.issues': 'write' });
      expect((await access(project, token))?.role).toBe('read');
      expect(await mayWrite(project, token)).toBe(false);
    });

    it('see nothing with the right to issues alone', async () => {
      const token = await memberOf('tester', { 'repo.issues': 'write' });
      expect(await access(project, token)).toBeUndefined();
    });
  });

  it('lets an administrator of the site do everything', async () => {
    expect((await access(secret, fixture.gitea.adminToken))?.role).toBe('maintain');
  });

  it('accepts no text that a header cannot carry as a token', async () => {
    for (const bad of ['ä'.repeat(40), 'two words', '\u0000', 'x'.repeat(5_000)]) {
      await expect(access(open, bad)).rejects.toMatchObject({ kind: 'unauthenticated' });
    }
  });

  describe('a renamed repository', () => {
    let before: ForgeProject;

    beforeAll(async () => {
      before = await fixture.createProject('old-name', 'private');
      await fixture.rename(before, 'new-name');
    });

    it('is found under its old path while nothing else is there', async () => {
      const reader = { kind: 'token', secret: await fixture.token('reader', 'all') } as const;
      const found = await forge.access({ path: 'owner/old-name' }, reader);
      expect(found?.project).toMatchObject({ id: before.id, path: 'owner/new-name' });
      const stranger = { kind: 'token', secret: await fixture.token('stranger', 'all') } as const;
      expect(await forge.access({ path: 'owner/old-name' }, stranger)).toBeUndefined();
    });

    it('gets what is meant for it, though another has its old name', async () => {
      const other = await fixture.createProject('old-name', 'private');
      for (const project of [before, other]) {
        await fixture.push(project, 'topic');
        expect(await fixture.openMergeRequest(project, 'topic')).toBe(1);
      }
      await forge.createComment(before, 1, 'for the renamed one');
      expect(await fixture.comments(before, 1)).toEqual(['for the renamed one']);
      expect(await fixture.comments(other, 1)).toEqual([]);
      expect(await mayWrite(before, await fixture.token('writer', 'all'))).toBe(true);
    });
  });

  describe("the server's own token", () => {
    it('is told from a bad token of the caller: the forge counts as unavailable', async () => {
      const blind = new GiteaForge({ url: fixture.gitea.url, token: 'wrong' });
      await expect(blind.project({ id: secret.id })).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(blind.access({ id: open.id }, undefined)).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(blind.createComment(secret, 1, 'x')).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(blind.check()).rejects.toThrow(/refuses the server's token/);
    });

    it('is checked for each scope that it needs', async () => {
      for (const missing of ['write:repository', 'write:issue', 'read:user']) {
        const scopes = ['write:repository', 'write:issue', 'read:user'].filter((scope) => scope !== missing);
        const poor = new GiteaForge({ url: fixture.gitea.url, token: await fixture.people.bot.token(scopes) });
        await expect(poor.check()).rejects.toThrow(`lacks the scope ${missing}`);
      }
      await expect(forge.check()).resolves.toMatch(/version 1\.\d+\.\d+.*the server is assay-bot/);
    });

    it('is refused with the reason where its user may not administrate', async () => {
      await fixture.gitea.createRepo('owner', 'foreign');
      const project = (await forge.project({ path: 'owner/foreign' })) as ForgeProject;
      const work = forge.registerWebhook(project, 'http://127.0.0.1:9/hook', 'secret');
      await expect(work).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(work).rejects.toThrow(/read the webhooks of owner\/foreign.*Give the server's user the right/);
    });
  });

  it('answers again after the forge was killed and came back, and was unavailable meanwhile', async () => {
    const credential = { kind: 'token', secret: await fixture.token('writer', 'all') } as const;
    await fixture.gitea.kill();
    await expect(forge.access({ id: open.id }, credential)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(forge.access({ id: open.id }, undefined)).rejects.toMatchObject({ kind: 'unavailable' });
    await fixture.gitea.restart();
    expect((await forge.access({ id: open.id }, credential))?.role).toBe('write');
  });
});
