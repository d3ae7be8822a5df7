import type { AssayError } from '../../src/common';
import { asProjectId } from '../../src/common';
import type { Forge, ForgeProject, ProjectAccess } from '../../src/forge';
import type { ForgeFixture, Person } from './fixture';

const nowhere = 'f'.repeat(40);

async function kindOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: unknown) => (error as AssayError).kind,
  );
}

/** What every adapter does alike; a forge's own traps stand in its own file. */
export function forgeContract(start: () => Promise<ForgeFixture>): void {
  let fixture: ForgeFixture;
  let forge: Forge;
  let open: ForgeProject;
  let secret: ForgeProject;
  let tokens: Record<Person | 'readOnly', string>;

  beforeAll(async () => {
    fixture = await start();
    forge = fixture.forge;
    open = await fixture.createProject('open', 'public');
    secret = await fixture.createProject('secret', 'private');
    tokens = {
      owner: await fixture.token('owner', 'all'),
      writer: await fixture.token('writer', 'all'),
      reader: await fixture.token('reader', 'all'),
      stranger: await fixture.token('stranger', 'all'),
      readOnly: await fixture.token('writer', 'read'),
    };
  });

  afterAll(async () => {
    await fixture.stop();
  });

  function access(project: ForgeProject, token?: string): Promise<ProjectAccess | undefined> {
    return forge.access({ id: project.id }, token === undefined ? undefined : { kind: 'token', secret: token });
  }

  async function roleOf(project: ForgeProject, token?: string): Promise<string | undefined> {
    return (await access(project, token))?.role;
  }

  describe('access', () => {
    it('gives each member of a private project the role that they have there, with their name', async () => {
      expect(await access(secret, tokens.owner)).toMatchObject({ role: 'maintain', user: { username: 'owner' } });
      expect(await access(secret, tokens.writer)).toMatchObject({ role: 'write', user: { username: 'writer' } });
      expect(await access(secret, tokens.reader)).toMatchObject({ role: 'read', user: { username: 'reader' } });
    });

    it('hides a private project from strangers and anonymous visitors', async () => {
      expect(await access(secret, tokens.stranger)).toBeUndefined();
      expect(await access(secret)).toBeUndefined();
    });

    it('lets anybody read a public project, a stranger by name', async () => {
      expect(await access(open, tokens.stranger)).toMatchObject({ role: 'read', user: { username: 'stranger' } });
      const anonymous = await access(open);
      expect(anonymous?.role).toBe('read');
      expect(anonymous).not.toHaveProperty('user');
    });

    it('refuses a garbage token as unauthenticated, even for a public project or one that is not there', async () => {
      expect(await kindOf(access(open, 'garbage'))).toBe('unauthenticated');
      expect(await kindOf(access(secret, ''))).toBe('unauthenticated');
      expect(await kindOf(access(secret, `${tokens.owner}\r\nX-Other: 1`))).toBe('unauthenticated');
      expect(await kindOf(access({ ...secret, id: asProjectId(99_999_999) }, 'garbage'))).toBe('unauthenticated');
    });

    it('refuses a revoked token at once', async () => {
      const token = await fixture.token('reader', 'all');
      expect(await roleOf(secret, token)).toBe('read');
      await fixture.revoke('reader', token);
      expect(await kindOf(access(secret, token))).toBe('unauthenticated');
    });

    it('knows no project that is not there, by id or path', async () => {
      expect(await access({ ...secret, id: asProjectId(99_999_999) }, tokens.owner)).toBeUndefined();
      for (const path of ['owner/missing', 'nobody/missing', 'missing', '../admin', 'owner/secret/more', '']) {
        expect(await forge.access({ path }, { kind: 'token', secret: tokens.owner })).toBeUndefined();
      }
    });

    it('describes the project alike by id, by path, and to the server itself', async () => {
      const credential = { kind: 'token', secret: tokens.reader } as const;
      const expected = { id: secret.id, path: 'owner/secret', defaultBranch: 'main', visibility: 'private' };
      expect((await forge.access({ path: 'owner/secret' }, credential))?.project).toMatchObject(expected);
      expect((await forge.access({ id: secret.id }, credential))?.project).toMatchObject(expected);
      expect(await forge.project({ path: 'owner/secret' })).toEqual(secret);
      expect(await forge.project({ path: 'owner/missing' })).toBeUndefined();
      expect(secret).toMatchObject({ ...expected, archived: false });
      expect(open.visibility).toBe('public');
      expect(new URL(secret.webUrl).pathname).toContain('/owner/secret');
    });

    it('follows a change of role and the end of a membership', async () => {
      const project = await fixture.createProject('changing', 'private');
      await fixture.addMember(project, 'reader', 'maintain');
      expect(await roleOf(project, tokens.reader)).toBe('maintain');
      await fixture.removeMember(project, 'reader');
      expect(await roleOf(project, tokens.reader)).toBeUndefined();
    });

    it('keeps the id of a renamed project', async () => {
      const project = await fixture.createProject('before', 'private');
      await fixture.rename(project, 'after');
      expect(await access(project, tokens.reader)).toMatchObject({ project: { id: project.id, path: 'owner/after' } });
      expect(await forge.project({ id: project.id })).toMatchObject({ path: 'owner/after' });
    });

    it('lets nobody write to an archived project', async () => {
      const project = await fixture.createProject('archived', 'private');
      await fixture.archive(project);
      expect(await access(project, tokens.owner)).toMatchObject({ role: 'read', project: { archived: true } });
      expect(await roleOf(project, tokens.stranger)).toBeUndefined();
      const now = (await forge.project({ id: project.id })) as ForgeProject;
      expect(await forge.scopesAllowWriting(now, { kind: 'token', secret: tokens.owner })).toBe(false);
    });
  });

  describe('the scopes of a token', () => {
    function mayWrite(project: ForgeProject, token: string): Promise<boolean> {
      return forge.scopesAllowWriting(project, { kind: 'token', secret: token });
    }

    it('let a full token write, in private and public projects', async () => {
      expect(await mayWrite(secret, tokens.owner)).toBe(true);
      expect(await mayWrite(secret, tokens.writer)).toBe(true);
      expect(await mayWrite(open, tokens.writer)).toBe(true);
    });

    it('keep a read-only token of a writer from writing, though it shows the role of a writer', async () => {
      expect(await roleOf(secret, tokens.readOnly)).toBe('write');
      expect(await mayWrite(secret, tokens.readOnly)).toBe(false);
      expect(await mayWrite(open, tokens.readOnly)).toBe(false);
    });

    it('refuse a revoked and a garbage token', async () => {
      const token = await fixture.token('writer', 'all');
      await fixture.revoke('writer', token);
      expect(await kindOf(mayWrite(secret, token))).toBe('unauthenticated');
      expect(await kindOf(mayWrite(secret, 'garbage'))).toBe('unauthenticated');
    });

    it('leave nothing behind from asking', async () => {
      const before = await forge.commits(secret, 'main', 10);
      await mayWrite(secret, tokens.writer);
      expect(await forge.commits(secret, 'main', 10)).toEqual(before);
      expect(await fixture.statuses(secret, before[0] as string)).toEqual([]);
    });
  });

  describe('merge requests', () => {
    let base: string;
    let first: string;
    let iid: number;

    beforeAll(async () => {
      base = (await forge.commits(open, 'main', 1))[0] as string;
      first = await fixture.push(open, 'feature/deeper');
      iid = await fixture.openMergeRequest(open, 'feature/deeper');
    });

    it('are found by number', async () => {
      expect(await forge.mergeRequest(open, iid)).toMatchObject({
        iid,
        title: 'Merge feature/deeper',
        state: 'open',
        author: 'owner',
        source: { branch: 'feature/deeper', sha: first, sameProject: true },
        target: { branch: 'main', sha: base },
        mergeBase: base,
      });
      expect(await forge.mergeRequest(open, 987_654)).toBeUndefined();
    });

    it('have a page', async () => {
      const found = await forge.mergeRequest(open, iid);
      expect(new URL(found?.webUrl ?? '').pathname).toMatch(new RegExp(`/owner/open/.*${iid}$`));
    });

    it('are found by their branch, and not by another', async () => {
      const found = await forge.mergeRequestsOfBranch(open, 'feature/deeper');
      expect(found.map((request) => request.iid)).toEqual([iid]);
      expect(await forge.mergeRequestsOfBranch(open, 'main')).toEqual([]);
      expect(await forge.mergeRequestsOfBranch(open, 'feature/other')).toEqual([]);
    });

    it('are found by each of their commits after a new push, but not by the target branch’s', async () => {
      const second = await fixture.push(open, 'feature/deeper');
      expect((await forge.mergeRequest(open, iid))?.source.sha).toBe(second);
      for (const sha of [second, first]) {
        expect((await forge.mergeRequestsOfCommit(open, sha)).map((request) => request.iid)).toEqual([iid]);
      }
      expect(await forge.mergeRequestsOfCommit(open, base)).toEqual([]);
      expect(await forge.mergeRequestsOfCommit(open, nowhere)).toEqual([]);
    });

    it('keep their merge base while the target branch goes on', async () => {
      const target = await fixture.push(open, 'main');
      expect(await forge.mergeRequest(open, iid)).toMatchObject({ mergeBase: base, target: { sha: target } });
    });

    it('are no longer found by branch or commit once closed or merged, but by number', async () => {
      const project = await fixture.createProject('finishing', 'private');
      const merged = await fixture.push(project, 'to-merge');
      const closed = await fixture.push(project, 'to-close');
      const [one, other] = [
        await fixture.openMergeRequest(project, 'to-merge'),
        await fixture.openMergeRequest(project, 'to-close'),
      ];
      expect(one).not.toBe(other);
      await fixture.mergeMergeRequest(project, one);
      await fixture.closeMergeRequest(project, other);

      expect(await forge.mergeRequest(project, one)).toMatchObject({ state: 'merged', source: { sha: merged } });
      expect(await forge.mergeRequest(project, other)).toMatchObject({ state: 'closed', source: { sha: closed } });
      expect(await forge.mergeRequestsOfBranch(project, 'to-merge')).toEqual([]);
      expect(await forge.mergeRequestsOfCommit(project, merged)).toEqual([]);
      expect(await forge.mergeRequestsOfCommit(project, closed)).toEqual([]);
    });
  });

  describe('commits', () => {
    it('are listed newest first, at most as many as asked', async () => {
      const project = await fixture.createProject('history', 'private');
      const [start] = await forge.commits(project, 'main', 5);
      const first = await fixture.push(project, 'long');
      const second = await fixture.push(project, 'long');
      expect(await forge.commits(project, 'long', 2)).toEqual([second, first]);
      expect(await forge.commits(project, 'long', 200)).toEqual([second, first, start]);
      expect(await forge.commits(project, first, 5)).toEqual([first, start]);
    });

    it('are none for an unknown branch or commit', async () => {
      expect(await forge.commits(open, 'no/such branch?', 5)).toEqual([]);
      expect(await forge.commits(open, nowhere, 5)).toEqual([]);
    });
  });

  describe('comments', () => {
    let project: ForgeProject;
    let iid: number;

    beforeAll(async () => {
      project = await fixture.createProject('talking', 'private');
      await fixture.push(project, 'topic');
      iid = await fixture.openMergeRequest(project, 'topic');
    });

    it('are written, edited in place and found by their marker', async () => {
      const marker = '<!-- assay:report one -->';
      expect(await forge.findComment(project, iid, marker)).toBeUndefined();
      const id = await forge.createComment(project, iid, `first\n${marker}`);
      expect(await forge.findComment(project, iid, marker)).toBe(id);
      expect(await forge.updateComment(project, iid, id, `second ✅\n${marker}`)).toBe(true);
      expect(await fixture.comments(project, iid)).toEqual([`second ✅\n${marker}`]);
    });

    it('are not found when a person wrote the marker', async () => {
      const marker = '<!-- assay:report two -->';
      await fixture.comment(project, iid, 'writer', `mine now ${marker}`);
      expect(await forge.findComment(project, iid, marker)).toBeUndefined();
      const id = await forge.createComment(project, iid, marker);
      expect(await forge.findComment(project, iid, marker)).toBe(id);
    });

    it('tell when a person deleted them', async () => {
      const id = await forge.createComment(project, iid, 'short-lived');
      await fixture.deleteComment(project, iid, id);
      expect(await forge.updateComment(project, iid, id, 'again')).toBe(false);
      expect(await fixture.comments(project, iid)).not.toContain('again');
    });

    it('are refused on a merge request that is not there', async () => {
      expect(await kindOf(forge.createComment(project, 987_654, 'hello'))).toBe('not-found');
    });

    it('may be as long as the adapter says', async () => {
      const body = 'x'.repeat(forge.limits.comment);
      await forge.createComment(project, iid, body);
      expect(await fixture.comments(project, iid)).toContain(body);
    });
  });

  describe('statuses', () => {
    const status = { context: 'experiments', description: 'gate passed', targetUrl: 'http://127.0.0.1/a/b' } as const;

    it('stand on the commit; a later one of the same context counts', async () => {
      const sha = await fixture.push(secret, 'judged');
      await forge.setStatus(secret, sha, { ...status, state: 'pending' });
      await forge.setStatus(secret, sha, { ...status, state: 'warning' });
      await forge.setStatus(secret, sha, { ...status, state: 'failure', context: 'other' });
      expect(await fixture.statuses(secret, sha)).toEqual([
        { ...status, state: 'warning' },
        { ...status, state: 'failure', context: 'other' },
      ]);
    });

    it('may have a description as long as the adapter says', async () => {
      const sha = await fixture.push(secret, 'judged');
      const description = 'é'.repeat(forge.limits.statusDescription);
      await forge.setStatus(secret, sha, { ...status, description, state: 'success' });
      expect(await fixture.statuses(secret, sha)).toEqual([{ ...status, description, state: 'success' }]);
    });

    it('are refused on a commit that is not there', async () => {
      expect(await kindOf(forge.setStatus(secret, nowhere, { ...status, state: 'error' }))).toBe('not-found');
    });
  });

  describe('the forge does not answer', () => {
    it('rejects every question as unavailable, and opens nothing', async () => {
      const down = fixture.unreachable;
      const credential = { kind: 'token', secret: tokens.owner } as const;
      for (const work of [
        down.access({ id: open.id }, undefined),
        down.access({ id: open.id }, credential),
        down.scopesAllowWriting(open, credential),
        down.project({ id: open.id }),
        down.mergeRequest(open, 1),
        down.mergeRequestsOfCommit(open, nowhere),
        down.mergeRequestsOfBranch(open, 'main'),
        down.commits(open, 'main', 1),
        down.createComment(open, 1, 'x'),
        down.updateComment(open, 1, '1', 'x'),
        down.findComment(open, 1, 'x'),
        down.check(),
      ]) {
        expect(await kindOf(work)).toBe('unavailable');
      }
    });
  });

  it('says that it works, for the doctor', async () => {
    expect(await forge.check()).toMatch(/\.$/);
  });
}
