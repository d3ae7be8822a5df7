import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Forge, ForgeProject } from '../../src/forge';
import { describePart } from '../support/parts';
import { startGiteaFixture, type GiteaFixture } from './gitea.fixture';

describePart('gitea', 'merge requests on Gitea', () => {
  let fixture: GiteaFixture;
  let forge: Forge;
  let folder: string;

  beforeAll(async () => {
    fixture = await startGiteaFixture();
    forge = fixture.forge;
    folder = await mkdtemp(join(tmpdir(), 'assay-git-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await fixture.stop();
  });

  function git(clone: string, input: string | undefined, ...args: string[]): string {
    const identity = ['-c', 'user.name=owner', '-c', 'user.email=owner@example.com'];
    return execFileSync('git', ['-C', clone, ...identity, ...args], { input, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  /** Pushes a branch with so many commits on top of `main`, one push. @returns their shas, oldest first */
  async function pushMany(project: ForgeProject, branch: string, count: number): Promise<string[]> {
    const token = await fixture.token('owner', 'all');
    const clone = join(folder, `${project.id}`);
    const url = `${fixture.gitea.url.replace('://', `://owner:${token}@`)}/${project.path}.git`;
    execFileSync('git', ['clone', '--quiet', url, clone], { stdio: 'pipe' });
    const head = git(clone, undefined, 'rev-parse', 'HEAD');
    const commits = Array.from({ length: count }, (_, index) => {
      const from = index === 0 ? `from ${head}\n` : '';
      return `commit refs/heads/${branch}\ncommitter o <o@example.com> ${1_700_000_000 + index} +0000\ndata 1\nx\n${from}M 644 inline f\ndata 4\n${String(index).padStart(4, '0')}\n`;
    });
    git(clone, commits.join(''), 'fast-import', '--quiet');
    git(clone, undefined, 'push', '--quiet', 'origin', branch);
    return git(clone, undefined, 'rev-list', '--reverse', `${head}..${branch}`).split('\n');
  }

  it('are found by their oldest commit among more than a page of them, and so is the whole branch', async () => {
    const project = await fixture.createProject('long', 'private');
    const shas = await pushMany(project, 'many', 120);
    const iid = await fixture.openMergeRequest(project, 'many');
    const found = await forge.mergeRequestsOfCommit(project, shas[0] as string);
    expect(found.map((request) => request.iid)).toEqual([iid]);
    expect(await forge.commits(project, 'many', 110)).toEqual(shas.toReversed().slice(0, 110));
    expect(await forge.commits(project, 'many', 1_000)).toHaveLength(121);
  });

  it('are found on top of each other', async () => {
    const project = await fixture.createProject('stacked', 'private');
    const sha = await fixture.push(project, 'lower');
    const lower = await fixture.openMergeRequest(project, 'lower');
    await fixture.gitea.createBranch('owner', 'stacked', 'upper', 'lower');
    await fixture.gitea.commitFile('owner', 'stacked', { path: 'more', content: 'x', branch: 'upper' });
    const upper = await fixture.openMergeRequest(project, 'upper');
    const found = await forge.mergeRequestsOfCommit(project, sha);
    expect(found.map(({ iid }) => iid).sort()).toEqual([lower, upper]);
  });

  it('from a fork are found by commit, not by a branch that only has the same name', async () => {
    const project = await fixture.createProject('forked', 'public');
    await fixture.gitea.call('POST', '/repos/owner/forked/forks?sudo=stranger', {});
    await fixture.gitea.createBranch('stranger', 'forked', 'topic');
    const sha = await fixture.gitea.commitFile('stranger', 'forked', { path: 'theirs', content: 'x', branch: 'topic' });
    const { number } = await fixture.gitea.createPull('owner', 'forked', { head: 'stranger:topic' });

    expect(await forge.mergeRequest(project, number)).toMatchObject({
      source: { branch: 'topic', sha, sameProject: false },
    });
    expect((await forge.mergeRequestsOfCommit(project, sha)).map(({ iid }) => iid)).toEqual([number]);
    expect(await forge.mergeRequestsOfBranch(project, 'topic')).toEqual([]);
    await fixture.gitea.call('DELETE', '/repos/stranger/forked');
    await sleep(100);
    expect(await forge.mergeRequest(project, number)).toMatchObject({ source: { sha, sameProject: false } });
  });

  it('of an empty repository are none, as are its commits', async () => {
    await fixture.gitea.call('POST', '/admin/users/owner/repos', { name: 'empty', private: true });
    await fixture.gitea.addCollaborator('owner', 'empty', 'assay-bot', 'admin');
    const project = (await forge.project({ path: 'owner/empty' })) as ForgeProject;
    expect(await forge.commits(project, 'main', 5)).toEqual([]);
    expect(await forge.mergeRequestsOfBranch(project, 'main')).toEqual([]);
    expect(await forge.mergeRequestsOfCommit(project, 'a'.repeat(40))).toEqual([]);
    expect(await forge.mergeRequest(project, 1)).toBeUndefined();
  });
});
