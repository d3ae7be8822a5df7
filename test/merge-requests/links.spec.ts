import { statement } from '../../src/database';
import type { ProjectId } from '../../src/common';
import { startWorld, type World } from './world';

describe('which merge request a candidate belongs to', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  async function links(project: ProjectId): Promise<string[]> {
    const text = `SELECT c.name || ' ' || l.source || ' !' || l.merge_request_iid AS link
      FROM assay.merge_request_links l JOIN assay.candidates c ON c.project_id = l.project_id AND c.iid = l.candidate_iid
     WHERE l.project_id = $1 ORDER BY 1`;
    const rows = await world.database.query<{ link: string }>(statement('test.links', text), [project]);
    return rows.map(({ link }) => link);
  }

  it('is told by a tag, the experiment, the commit or the branch, in this order', async () => {
    const { id, experiment } = await world.project('order');
    const one = await world.mergeRequest(id, 'one');
    const two = await world.mergeRequest(id, 'two');
    const { iid: named } = await world.experiments.create(id, { name: `!${two.iid}`, tags: [], createdBy: 'root' });
    const all = { commit: two.head, branch: 'two' };
    await world.log(id, named, { name: 'tagged', mergeRequest: one.iid, ...all });
    await world.log(id, named, { name: 'named', ...all, commit: one.head });
    await world.log(id, experiment, { name: 'commit', commit: one.head, branch: 'two' });
    await world.log(id, experiment, { name: 'branch', branch: 'two' });
    await world.log(id, experiment, { name: 'main', branch: 'main' });
    await world.settled();
    expect(await links(id)).toEqual([
      `branch branch !${two.iid}`,
      `commit commit !${one.iid}`,
      `named experiment !${two.iid}`,
      `tagged tag !${one.iid}`,
    ]);
  });

  it('is none for a claimed number that does not exist, and never one of another project', async () => {
    const other = await world.project('theirs');
    for (let index = 0; index < 3; index += 1) await world.mergeRequest(other.id, `t${index}`);
    const { id, experiment } = await world.project('ours');
    await world.log(id, experiment, { name: 'liar', mergeRequest: 3 });
    await world.settled();
    expect(await links(id)).toEqual([]);
    expect(await links(other.id)).toEqual([]);
  });

  it('follows a tag that is changed, and tells both merge requests', async () => {
    const { id, experiment } = await world.project('moved');
    const one = await world.mergeRequest(id, 'one');
    const two = await world.mergeRequest(id, 'two');
    const eid = await world.log(id, experiment, { name: 'mover', mergeRequest: one.iid, metrics: { f1: 1 } });
    await world.settled();
    await world.candidates.write(id, { eid, points: [], params: [], tags: [], source: { mergeRequest: two.iid } });
    await world.settled();
    expect(await links(id)).toEqual([`mover tag !${two.iid}`]);
    expect((await world.comments(id, one.iid))[0]?.body).toContain('none logged');
    expect((await world.comments(id, two.iid))[0]?.body).toContain('`mover`');
  });

  it('keeps a candidate that only a tag claims with the head that it was logged for', async () => {
    const { id, experiment } = await world.project('kept');
    const { iid } = await world.mergeRequest(id, 'topic');
    const eid = await world.log(id, experiment, { name: 'claimed', mergeRequest: iid, metrics: { f1: 1 } });
    await world.settled();
    await world.admin.pushCommit({ id }, 'topic');
    await world.settled();
    await world.candidates.update(id, eid, { endedAt: Date.now() });
    await world.settled();
    expect((await world.comments(id, iid))[0]?.body).toContain('(earlier head)');
  });

  it('leaves deleted candidates out of the report', async () => {
    const { id, experiment } = await world.project('gone');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { name: 'stays', commit: head, metrics: { f1: 0.1 } });
    const eid = await world.log(id, experiment, { name: 'goes', commit: head, metrics: { f1: 0.9 } });
    await world.settled();
    expect((await world.comments(id, iid))[0]?.body).toContain('`goes` has');
    await world.candidates.delete(id, eid);
    await world.settled();
    expect((await world.comments(id, iid))[0]?.body).not.toContain('`goes`');
  });

  it('takes no baseline from the merge request itself, from another experiment, a failed or a NaN candidate', async () => {
    const { id, experiment } = await world.project('baseline');
    const { iid: elsewhere } = await world.experiments.create(id, { name: 'elsewhere', tags: [], createdBy: 'root' });
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, elsewhere, { name: 'other', branch: 'main', metrics: { f1: 0.99 } });
    await world.log(id, experiment, { name: 'failed', branch: 'main', metrics: { f1: 0.98 }, status: 'failed' });
    await world.log(id, experiment, { name: 'nan', branch: 'main', metrics: { f1: NaN } });
    await world.log(id, experiment, { name: 'mine', branch: 'main', mergeRequest: iid, metrics: { f1: 0.97 } });
    await world.log(id, experiment, { name: 'new', commit: head, metrics: { f1: 0.5 } });
    await world.settled();
    expect(await world.status(id, head)).toContain('no baseline on main yet');
    const { sha } = await world.admin.pushCommit({ id }, 'main');
    await world.log(id, experiment, { name: 'by-commit', commit: sha, metrics: { f1: 0.4 } });
    await world.log(id, experiment, { name: 'again', commit: head, metrics: { f1: 0.6 } });
    await world.settled();
    expect((await world.comments(id, iid))[0]?.body).toMatch(/`by-commit`.*whose commit is on `main`/);
  });
});
