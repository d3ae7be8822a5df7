import { startWorld, type World } from './world';
import { until } from '../support/until';

describe('the report on a merge request', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());
  afterEach(() => {
    world.wire.down = false;
  });

  it('is a status and one comment, edited in place by the second candidate', async () => {
    const { id, experiment } = await world.project('edited');
    await world.log(id, experiment, { name: 'base', branch: 'main', metrics: { f1: 0.9 }, params: { depth: '3' } });
    const { iid, head } = await world.mergeRequest(id, 'deeper');
    await world.log(id, experiment, { name: 'deep-1', commit: head, metrics: { f1: 0.91 }, params: { depth: '7' } });
    const first = await until('a comment', 5_000, async () => {
      const [comment] = await world.comments(id, iid);
      return comment?.body.includes('beats') ? comment : undefined;
    });
    expect(first.body).toContain(`project=${id} mr=${iid} id=default head=${head}`);
    expect(first.body).toContain('| **`f1`** ↑ | **0.91** | 0.9 | +0.01 (+1.1 %) | ✅ |');
    expect(first.body).toContain('| `depth` | `7` | `3` |');
    expect(first.body).toContain(`http://assay.example/root/edited/-/ml/merge_requests/${iid}`);
    expect(await world.status(id, head)).toBe('success: Candidates: deep-1 beats main on f1 — 0.91, +0.01 (+1.1 %)');

    await world.log(id, experiment, { name: 'deep-2', branch: 'deeper', commit: head, metrics: { f1: 0.95 } });
    await until('the comment tells of deep-2', 5_000, async () => {
      const comments = await world.comments(id, iid);
      expect(comments).toHaveLength(1);
      expect(comments[0]?.id).toBe(first.id);
      return comments[0]?.body.includes('`deep-2` beats') ? true : undefined;
    });
    await world.settled();
    expect(await world.status(id, head)).toContain('deep-2 beats main');
  });

  it('waits while a candidate of the head runs, and says how many are done', async () => {
    const { id, experiment } = await world.project('running');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { commit: head, metrics: { f1: 0.5 } });
    const running = await world.log(id, experiment, { commit: head, status: 'running' });
    await until('a pending status', 5_000, async () =>
      (await world.status(id, head))?.startsWith('pending: Candidates: 1 of 2 finished') === true ? true : undefined,
    );
    await world.candidates.update(id, running, { status: 'failed' });
    await until('a final status', 5_000, async () =>
      (await world.status(id, head))?.includes('no baseline on main yet') === true ? true : undefined,
    );
    expect((await world.comments(id, iid))[0]?.body).toContain('No baseline on `main` yet');
  });

  it('moves the status to a new head, and keeps the candidates of the earlier one', async () => {
    const { id, experiment } = await world.project('pushed');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { name: 'old', commit: head, branch: 'topic', metrics: { f1: 0.5 } });
    await until('a status', 5_000, () => world.status(id, head));
    const { sha } = await world.admin.pushCommit({ id }, 'topic');
    const pending = await until('a status on the new head', 5_000, () => world.status(id, sha));
    expect(pending).toBe(
      `pending: Candidates: results are for ${head.slice(0, 7)}, head is ${sha.slice(0, 7)} — waiting for its candidates`,
    );
    await until('the comment says so', 5_000, async () =>
      (await world.comments(id, iid))[0]?.body.includes('(earlier head)') === true ? true : undefined,
    );
    await world.log(id, experiment, { name: 'new', commit: sha, branch: 'topic', metrics: { f1: 0.4 } });
    await until('a final status', 5_000, async () =>
      (await world.status(id, sha))?.includes('new has f1 0.4') === true ? true : undefined,
    );
    await world.settled();
    const comments = await world.comments(id, iid);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(/`old`.*\(earlier head\)/);
  });

  it('takes in candidates that were logged before their commit was pushed or their merge request opened', async () => {
    const { id, experiment } = await world.project('early');
    const sha = 'a'.repeat(40);
    await world.log(id, experiment, { name: 'early', commit: sha, metrics: { f1: 0.5 } });
    await world.log(id, experiment, { name: 'by-branch', branch: 'topic', metrics: { f1: 0.4 } });
    await world.settled();
    await world.admin.pushCommit({ id }, 'topic', { sha });
    const { iid } = await world.admin.createMergeRequest({ id }, { title: 'Late', source: 'topic' });
    const body = await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]?.body);
    await until('both candidates', 5_000, async () => {
      const text = (await world.comments(id, iid))[0]?.body ?? '';
      return text.includes('`early`') && text.includes('`by-branch`') ? true : undefined;
    });
    expect(body).toContain('assay:report');
  });

  it('is not sent again while nothing changes', async () => {
    const { id, experiment } = await world.project('quiet');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    const eid = await world.log(id, experiment, { commit: head, metrics: { f1: 0.5 } });
    await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]);
    await world.settled();
    const before = world.wire.writes.length;
    await world.candidates.update(id, eid, { status: 'finished' });
    await world.settled();
    expect(world.wire.writes.slice(before)).toEqual([]);
  });

  it('comes back after a person deleted it, with the next verdict and not before', async () => {
    const { id, experiment } = await world.project('deleted');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { name: 'one', commit: head, metrics: { f1: 0.5 } });
    const first = await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]);
    await world.settled();
    await world.admin.deleteComment({ id }, iid, first.id);
    await world.log(id, experiment, { name: 'worse', commit: head, metrics: { f1: 0.3 } });
    await world.settled();
    expect((await world.comments(id, iid)).filter(({ body }) => body.includes('one` has'))).toEqual([]);
    await world.log(id, experiment, { name: 'better', commit: head, metrics: { f1: 0.7 } });
    const again = await until('a new comment', 5_000, async () =>
      (await world.comments(id, iid)).find(({ body }) => body.includes('`better` has')),
    );
    expect(again.id).not.toBe(first.id);
    await world.settled();
    expect(await world.comments(id, iid)).toHaveLength(1);
  });

  it('finds its own comment by the marker when the id was lost', async () => {
    const { id, experiment } = await world.project('marker');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { commit: head, metrics: { f1: 0.5 } });
    const first = await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]);
    await world.settled();
    await world.database.query(
      { text: 'UPDATE assay.merge_requests SET comment_id = NULL, comment_hash = NULL WHERE project_id = $1' },
      [id],
    );
    await world.log(id, experiment, { name: 'next', commit: head, metrics: { f1: 0.9 } });
    await until('the comment tells of it', 5_000, async () =>
      (await world.comments(id, iid))[0]?.body.includes('`next` has') === true ? true : undefined,
    );
    expect((await world.comments(id, iid)).map((comment) => comment.id)).toEqual([first.id]);
  });

  it('is sent once when the forge was down', async () => {
    const { id, experiment } = await world.project('down');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.settled();
    world.wire.down = true;
    const before = world.wire.writes.length;
    await world.log(id, experiment, { name: 'patient', commit: head, metrics: { f1: 0.5 } });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await world.comments(id, iid)).toEqual([]);
    world.wire.down = false;
    await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]);
    await world.settled();
    expect(world.wire.writes.slice(before)).toEqual(['setStatus', 'createComment']);
    expect(await world.comments(id, iid)).toHaveLength(1);
  });

  it('is one comment on each of ten merge requests whose candidates come at once', async () => {
    const { id, experiment } = await world.project('crowd');
    const requests = [];
    for (let index = 0; index < 10; index += 1) requests.push(await world.mergeRequest(id, `topic-${index}`));
    await Promise.all(
      requests.flatMap(({ head }, index) =>
        [1, 2, 3, 4].map((n) =>
          world.log(id, experiment, { name: `c-${index}-${n}`, commit: head, metrics: { f1: n } }),
        ),
      ),
    );
    await world.settled();
    for (const [index, { iid, head }] of requests.entries()) {
      const comments = await world.comments(id, iid);
      expect(comments).toHaveLength(1);
      expect(comments[0]?.body).toContain(`\`c-${index}-4\` has`);
      expect(await world.status(id, head)).toContain(`c-${index}-4 has f1 4`);
    }
  });

  it('says how to set the primary metric, and compares nothing without one', async () => {
    const { id, experiment } = await world.project('unset', { primary: false });
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { name: 'only', commit: head, metrics: { f1: 0.5 } });
    const { body } = await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]);
    expect(body).toContain('no primary metric is set');
    expect(body).toContain('http://assay.example/root/unset/-/ml/settings');
    expect(body).toContain('`only`');
    expect(await world.status(id, head)).toContain('success');
  });

  it('is made anew when a maintainer changes the settings', async () => {
    const { id, experiment } = await world.project('chosen', { primary: false });
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { name: 'only', commit: head, metrics: { loss: 0.5 } });
    await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await world.projects.updateSettings(id, 'root', { primaryMetric: { name: 'loss', direction: 'minimize' } });
    await until('the verdict', 5_000, async () =>
      (await world.comments(id, iid))[0]?.body.includes('`only` has `loss` 0.5') === true ? true : undefined,
    );
  });

  it('ends with the merge: told once, the status untouched', async () => {
    const { id, experiment } = await world.project('merged');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { name: 'kept', commit: head, branch: 'topic', metrics: { f1: 0.5 } });
    await until('a comment', 5_000, async () => (await world.comments(id, iid))[0]);
    await world.settled();
    const status = await world.status(id, head);
    await world.admin.mergeMergeRequest({ id }, iid);
    await until('the comment says so', 5_000, async () =>
      (await world.comments(id, iid))[0]?.body.includes('no further updates') === true ? true : undefined,
    );
    await world.settled();
    const before = world.wire.writes.length;
    await world.log(id, experiment, { name: 'late', mergeRequest: iid, metrics: { f1: 0.9 } });
    await world.settled();
    expect(world.wire.writes.slice(before)).toEqual([]);
    expect(await world.status(id, head)).toBe(status);
  });

  it('carries hostile names without harm', async () => {
    const { id, experiment } = await world.project('hostile');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    const evil = '`|</details>@root #1 !1 <img src=x onerror=alert(1)>\u202e](http://evil.example)';
    const { iid: trap } = await world.experiments.create(id, { name: `${evil}\n`.trim(), tags: [], createdBy: 'root' });
    for (const [home, f1] of [
      [experiment, 0.5],
      [trap, 0.9],
    ] as const) {
      await world.log(id, home, { name: evil, commit: head, metrics: { f1 }, params: { depth: evil } });
    }
    await world.log(id, trap, { name: 'base', branch: 'main', metrics: { f1: 0.1 }, params: { depth: '1' } });
    const body = await until('the whole comment', 5_000, async () => {
      const text = (await world.comments(id, iid))[0]?.body;
      return text?.includes('`depth`') === true ? text : undefined;
    });
    const bare = body.replace(/`[^`\n]*`/g, '');
    expect(bare).not.toMatch(/@root|#1|!1|<img|evil\.example|\u202e/);
    expect(bare.match(/<\/details>/g)).toHaveLength(2);
    expect(bare.match(/<details>/g)).toHaveLength(2);
    expect(await world.status(id, head)).not.toContain('\u202e');
  });
});
