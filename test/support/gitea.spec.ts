import { startGitea, type GiteaServer } from './gitea';
import { describePart } from './parts';

describePart('gitea', 'a real Gitea', () => {
  let gitea: GiteaServer;

  beforeAll(async () => {
    gitea = await startGitea();
  });

  afterAll(async () => {
    await gitea.stop();
  });

  function asUser(token: string, path: string): Promise<Response> {
    return fetch(`${gitea.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  }

  it('takes a pull request from a branch, with the head that was committed', async () => {
    const owner = await gitea.createUser('ada');
    const { id } = await gitea.createRepo(owner.name, 'iris', { private: true });
    await gitea.createBranch(owner.name, 'iris', 'deeper');
    const first = await gitea.commitFile(owner.name, 'iris', { path: 'a/train.py', content: 'one', branch: 'deeper' });
    const second = await gitea.commitFile(owner.name, 'iris', { path: 'a/train.py', content: 'two', branch: 'deeper' });
    const pull = await gitea.createPull(owner.name, 'iris', { head: 'deeper' });

    expect(id).toBeGreaterThan(0);
    expect(second).not.toBe(first);
    expect(pull.headSha).toBe(second);
    await expect(gitea.comments(owner.name, 'iris', pull.number)).resolves.toEqual([]);
    await expect(gitea.statuses(owner.name, 'iris', second)).resolves.toEqual([]);
    await expect(gitea.webhooks(owner.name, 'iris')).resolves.toEqual([]);
    await gitea.protectBranch(owner.name, 'iris', 'main', ['assay']);
  });

  it('lets a collaborator in, keeps a stranger out, and forgets a revoked token', async () => {
    const owner = await gitea.createUser('grace');
    const [reader, stranger] = [await gitea.createUser('reader'), await gitea.createUser('stranger')];
    await gitea.createRepo(owner.name, 'moths', { private: true });
    await gitea.addCollaborator(owner.name, 'moths', reader.name, 'read');
    const token = await reader.token(['read:repository'], 'short');

    expect((await asUser(token, '/repos/grace/moths')).status).toBe(200);
    expect((await asUser(await stranger.token(['all']), '/repos/grace/moths')).status).toBe(404);
    await reader.revokeToken('short');
    expect((await asUser(token, '/repos/grace/moths')).status).toBe(401);
  });

  it('gives a team of an organization the right to single units', async () => {
    await gitea.createOrg('lab');
    await gitea.createRepo('lab', 'rocks', { private: true });
    const member = await gitea.createUser('member');
    const team = await gitea.createTeam('lab', 'coders', { 'repo.code': 'write' });
    await team.addMember(member.name);

    const answer = await asUser(await member.token(['all']), '/repos/lab/rocks');
    await expect(answer.json()).resolves.toMatchObject({ permissions: { admin: false, push: true, pull: true } });
  });

  it('is the same Gitea after it was killed and started again', async () => {
    await gitea.createUser('phoenix');
    await gitea.kill();
    await expect(fetch(gitea.url)).rejects.toThrow('fetch failed');
    await gitea.restart();
    await expect(gitea.call('GET', '/users/phoenix')).resolves.toMatchObject({ login: 'phoenix' });
  });
});
