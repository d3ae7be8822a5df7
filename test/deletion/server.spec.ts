import { setTimeout as sleep } from 'node:timers/promises';
import { LocalForgeAdmin } from '../../src';
import { quickly } from '../merge-requests/world';
import { until } from '../support/until';
import { plain, writing } from '../candidates/house';
import { storePlaces, type StorePlace } from './store-places';
import { noRows, startWorld, untilTrue, type World } from './world';

describe('A server that is told to collect by itself', () => {
  let place: StorePlace;
  let world: World;

  beforeAll(async () => {
    place = await storePlaces.file();
    world = await startWorld(place.store, { deletion: { gcAfterDays: 30, sweepInterval: 100 } });
  });

  afterAll(async () => {
    await world.close();
    await place.close();
  });

  it('deletes for good what was deleted so long ago, once a day', async () => {
    const { id } = await world.project();
    const [old, lately] = [await world.fill(id), await world.fill(id)];
    const collected =
      'SELECT collected_at FROM assay.project_storage WHERE project_id = $1 AND collected_at IS NOT NULL';
    const isCollected = async (): Promise<boolean> =>
      (await world.database.query({ text: collected }, [id])).length > 0;
    await untilTrue(isCollected);
    for (const { eid } of [old, lately]) await world.candidates.delete(id, eid);
    await world.age(id, 31);
    await world.candidates.restore(id, lately.eid);
    await world.candidates.delete(id, lately.eid);
    const tomorrow = `UPDATE assay.project_storage SET collected_at = collected_at - interval '1 day' WHERE project_id = $1`;
    await world.database.query({ text: tomorrow }, [id]);
    await untilTrue(async () => (await world.rows(id))['candidates'] === 1);
    expect(await world.candidates.get(id, lately.eid)).toMatchObject({ candidate: { iid: lately.iid } });

    await untilTrue(isCollected);
    await world.age(id, 31);
    await sleep(600);
    expect((await world.rows(id))['candidates']).toBe(1);
  });
});

describe('A server that looks around', () => {
  it('finishes the deletions that a killed one left', async () => {
    const place = await storePlaces.file();
    const world = await startWorld(place.store, { deletion: { sweepInterval: 100 } });
    try {
      const { id } = await world.project();
      const { iid } = await world.fill(id);
      const mark = `UPDATE assay.candidates SET deleted_at = now(), purge_requested_at = now() WHERE project_id = $1 AND iid = $2`;
      await world.database.query({ text: mark }, [id, iid]);
      await untilTrue(async () => (await world.rows(id))['candidates'] === 0);
      expect(await world.rows(id)).toEqual({ ...noRows, datasets: 1 });
      expect(await world.files(id)).toEqual({});
    } finally {
      await world.close();
      await place.close();
    }
  });
});

describe('The report on a merge request', () => {
  let place: StorePlace;
  let world: World;

  beforeAll(async () => {
    place = await storePlaces.file();
    world = await startWorld(place.store, { mergeRequests: quickly });
  });

  afterAll(async () => {
    await world.close();
    await place.close();
  });

  it('tells nothing more of a candidate that is deleted for good', async () => {
    const { id, maintainer } = await world.project();
    const admin = world.app.get(LocalForgeAdmin);
    const { sha } = await admin.pushCommit({ id }, 'topic');
    const { iid } = await admin.createMergeRequest({ id }, { title: 'Try it', source: 'topic' });
    const log = async (name: string): Promise<number> => {
      const { candidate } = await world.candidates.create(id, plain({ name, source: { commit: sha } }));
      const points = [{ name: 'f1', value: 0.5, step: 0, trackedAt: 1 }];
      await world.candidates.write(id, writing(candidate.eid, { points }));
      await world.candidates.update(id, candidate.eid, { status: 'finished', endedAt: 2 });
      return candidate.iid;
    };
    const commentWith = (what: string, names: readonly string[]): Promise<string> =>
      until(what, 20_000, async () => {
        const body = (await admin.comments({ id }, iid))[0]?.body ?? '';
        return names.every((name) => body.includes(name)) ? body : undefined;
      });
    await log('stays-here');
    const goes = await log('goes-away');
    await commentWith('both are told of', ['stays-here', 'goes-away']);
    const path = `/api/v4/projects/${String(id)}/ml/candidates/${String(goes)}/permanently`;
    expect((await world.ask('DELETE', path, maintainer)).status).toBe(202);
    await until('one is told of', 20_000, async () => {
      const body = await commentWith('the other is told of', ['stays-here']);
      return body.includes('goes-away') ? undefined : body;
    });
    await untilTrue(async () => (await world.rows(id))['candidates'] === 1);
    expect(await world.rows(id)).toMatchObject({ merge_request_links: 1 });
  });
});
