import { startAssay, type AssayServer } from '../support/assay';
import { startGitea, type GiteaServer } from '../support/gitea';
import type { GiteaUser } from '../support/gitea-acts';
import { describePart } from '../support/parts';
import { trackingOf, type Tracking } from './tracking';
import { until } from '../support/until';

const owner = 'ada';
const repository = `${owner}/churn`;

describePart('gitea', 'a project of a real Gitea', () => {
  let gitea: GiteaServer;
  let assay: AssayServer;
  let maintainer: string;
  let people: Record<'ada' | 'wim' | 'rita' | 'sam', GiteaUser>;
  let writer: Tracking;
  let experimentId: string;

  beforeAll(async () => {
    gitea = await startGitea();
    const names = ['ada', 'wim', 'rita', 'sam'] as const;
    const made = await Promise.all(names.map((name) => gitea.createUser(name)));
    people = Object.fromEntries(names.map((name, index) => [name, made[index]])) as typeof people;
    await gitea.createRepo(owner, 'churn', { private: true });
    await gitea.addCollaborator(owner, 'churn', 'wim', 'write');
    await gitea.addCollaborator(owner, 'churn', 'rita', 'read');
    assay = await startAssay({
      env: { ASSAY_FORGE: 'gitea', ASSAY_FORGE_URL: gitea.url, ASSAY_FORGE_TOKEN: gitea.adminToken },
    });
    maintainer = await people.ada.token(['write:repository', 'read:user']);
  });
  afterAll(async () => {
    await assay.stop();
    await gitea.stop();
  });

  const native = `/api/v4/projects/${encodeURIComponent(repository)}/ml`;

  it('is a 404 until a maintainer enables it, which a writer may not do', async () => {
    const wim = await people.wim.token(['write:repository', 'read:user']);
    expect((await trackingOf(assay, repository, wim).search('0')).status).toBe(404);
    expect((await assay.call('POST', `${native}/enable`, { token: wim })).status).toBe(403);
    expect((await assay.call('POST', `${native}/enable`, { token: maintainer })).status).toBeLessThan(300);
    expect((await trackingOf(assay, repository, wim).search('0')).status).toBe(200);
  });

  it('has the webhook of this server on Gitea', async () => {
    const hooks = await gitea.webhooks(owner, 'churn');
    expect(hooks.map(({ config }) => config['url'])).toEqual([expect.stringContaining('/api/v4/ml/hooks/gitea')]);
  });

  it('lets a member with `write` log with a Gitea token', async () => {
    writer = trackingOf(assay, repository, await people.wim.token(['write:repository', 'read:user']));
    experimentId = await writer.createExperiment('churn');
    expect((await writer.tryToLog(experimentId)).status).toBe(200);
  });

  it('lets a reader read, and refuses to write with 403', async () => {
    const reader = trackingOf(assay, repository, await people.rita.token(['read:repository', 'read:user']));
    expect(await reader.search(experimentId)).toMatchObject({ status: 200, found: 1 });
    expect(await reader.tryToLog(experimentId)).toEqual({ status: 403, code: 'PERMISSION_DENIED' });
  });

  it('refuses to write with a read-only token of a writer', async () => {
    const readOnly = trackingOf(assay, repository, await people.wim.token(['read:repository', 'read:user']));
    expect((await readOnly.search(experimentId)).status).toBe(200);
    expect(await readOnly.tryToLog(experimentId)).toEqual({ status: 403, code: 'PERMISSION_DENIED' });
  });

  it('is not there for a stranger, and refuses a garbage token', async () => {
    const stranger = trackingOf(assay, repository, await people.sam.token(['write:repository', 'read:user']));
    expect(await stranger.search(experimentId)).toMatchObject({ status: 404, code: 'RESOURCE_DOES_NOT_EXIST' });
    expect((await trackingOf(assay, repository, 'f'.repeat(40)).search(experimentId)).status).toBe(401);
  });

  it('stops a revoked token within 60 s', async () => {
    const name = 'soon gone';
    const revoked = trackingOf(assay, repository, await people.wim.token(['write:repository', 'read:user'], name));
    expect((await revoked.search(experimentId)).status).toBe(200);
    await people.wim.revokeToken(name);
    await until('the revoked token is refused', 65_000, async () =>
      (await revoked.search(experimentId)).status === 401 ? true : undefined,
    );
  }, 90_000);

  it('shows the candidates on the pull request: one comment, edited in place, and a status that follows the head', async () => {
    const settings = { primary_metric: { name: 'val_f1', direction: 'maximize' } };
    expect((await assay.call('PATCH', `${native}/settings`, { token: maintainer, body: settings })).status).toBe(200);
    const mainSha = await gitea.commitFile(owner, 'churn', { path: 'train.py', content: 'print(1)\n' });
    await writer.logRun({
      experimentId,
      name: 'base',
      commit: mainSha,
      branch: 'main',
      metrics: { val_f1: 0.9 },
      params: { depth: '3', lr: '0.1' },
    });
    await gitea.createBranch(owner, 'churn', 'deeper');
    await gitea.commitFile(owner, 'churn', { path: 'train.py', content: 'print(2)\n', branch: 'deeper' });
    const { number, headSha } = await gitea.createPull(owner, 'churn', { head: 'deeper' });

    await writer.logRun({
      experimentId,
      name: 'deep-1',
      commit: headSha,
      branch: 'deeper',
      metrics: { val_f1: 0.91 },
      params: { depth: '7', lr: '0.1' },
    });
    const first = await until('a comment about deep-1', 10_000, async () => {
      const [comment] = await gitea.comments(owner, 'churn', number);
      return comment?.body.includes('deep-1') ? comment : undefined;
    });
    expect(first.body).toContain('<!-- assay:report v=1');
    expect(first.body).toContain('val_f1');
    expect(first.body).toContain('0.9');
    expect(first.body).toContain('depth');
    const page = `${assay.url}/${repository}/-/ml/merge_requests/${number}`;
    expect(first.body).toContain(page);
    const statuses = await until('a final status', 10_000, async () => {
      const all = await gitea.statuses(owner, 'churn', headSha);
      return all[0]?.status === 'success' ? all : undefined;
    });
    expect(statuses[0]).toMatchObject({ context: 'experiments', target_url: page });

    await writer.logRun({ experimentId, name: 'deep-2', commit: headSha, branch: 'deeper', metrics: { val_f1: 0.95 } });
    const edited = await until('the comment tells of deep-2', 20_000, async () => {
      const comments = await gitea.comments(owner, 'churn', number);
      expect(comments).toHaveLength(1);
      return comments[0]?.body.includes('deep-2') ? comments[0] : undefined;
    });
    expect(edited.id).toBe(first.id);

    const newHead = await gitea.commitFile(owner, 'churn', {
      path: 'train.py',
      content: 'print(3)\n',
      branch: 'deeper',
    });
    await until('a pending status on the new head', 15_000, async () =>
      (await gitea.statuses(owner, 'churn', newHead))[0]?.status === 'pending' ? true : undefined,
    );
    await writer.logRun({ experimentId, name: 'deep-3', commit: newHead, branch: 'deeper', metrics: { val_f1: 0.93 } });
    await until('a final status on the new head', 20_000, async () =>
      (await gitea.statuses(owner, 'churn', newHead))[0]?.status === 'success' ? true : undefined,
    );
    expect(await gitea.comments(owner, 'churn', number)).toHaveLength(1);
  }, 120_000);

  it('sends what it could not while Gitea was down, once', async () => {
    await gitea.createBranch(owner, 'churn', 'wider');
    const headSha = await gitea.commitFile(owner, 'churn', { path: 'wide.py', content: '1\n', branch: 'wider' });
    const { number } = await gitea.createPull(owner, 'churn', { head: 'wider' });
    // The rights that Gitea told just now serve while it is down.
    expect((await writer.tryToLog(experimentId)).status).toBe(200);
    await gitea.kill();
    await writer.logRun({ experimentId, name: 'wide-1', commit: headSha, branch: 'wider', metrics: { val_f1: 0.92 } });
    await gitea.restart();
    const comment = await until(
      'the comment, late',
      90_000,
      async () => (await gitea.comments(owner, 'churn', number))[0],
    );
    expect(comment.body).toContain('wide-1');
    expect(await gitea.comments(owner, 'churn', number)).toHaveLength(1);
  }, 120_000);

  it('is a 404 everywhere once disabled, and is back with its data when enabled again', async () => {
    expect((await assay.call('DELETE', native, { token: maintainer })).status).toBeLessThan(300);
    expect((await writer.search(experimentId)).status).toBe(404);
    expect((await assay.call('POST', `${native}/enable`, { token: maintainer })).status).toBeLessThan(300);
    expect((await writer.search(experimentId)).found).toBeGreaterThan(3);
  });
});
