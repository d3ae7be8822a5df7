import type { Statement } from '../../src/database';
import { Database } from '../../src/database';
import { startNativeWorld, type NativeWorld } from './world';

describe('fields', () => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld();
    for (const name of ['one', 'two', 'three']) {
      await world.call('POST', 'candidates', { body: { experiment: 0, name, started_at: 1 } });
    }
    for (const iid of [1, 2]) {
      const body = {
        metrics: ['acc', 'loss', 'train/loss.max'].map((name) => ({ name, value: iid, tracked_at: 1 })),
        params: ['lr', 'depth'].map((name) => ({ name, value: `${iid}` })),
        tags: [{ name: 'note', value: 'x' }],
      };
      await world.call('POST', `candidates/${iid}/log`, { body });
    }
  });
  afterAll(async () => {
    await world.close();
  });

  const list = async (fields: string | string[], more: Record<string, string> = {}): Promise<unknown> =>
    (await world.get('candidates', { fields, order_by: 'attributes.start_time', ...more })).body['candidates'];

  it('are all that is answered, in lists', async () => {
    expect(await list('iid,name,metrics.acc,params.lr,tags')).toEqual([
      { iid: 3, name: 'three', metrics: [], params: [], tags: [{ name: 'mlflow.runName', value: 'three' }] },
      ...[2, 1].map((iid) => ({
        iid,
        name: ['one', 'two'][iid - 1],
        metrics: [{ name: 'acc', value: iid, step: 0, tracked_at: 1 }],
        params: [{ name: 'lr', value: `${iid}` }],
        tags: [
          { name: 'mlflow.runName', value: ['one', 'two'][iid - 1] },
          { name: 'note', value: 'x' },
        ],
      })),
    ]);
  });

  it('may stand in several parameters, and names may hold dots and slashes', async () => {
    const found = await list(['iid', 'metrics.train/loss.max,metrics.acc'], { filter: 'params.depth = "1"' });
    const metrics = ['acc', 'train/loss.max'].map((name) => ({ name, value: 1, step: 0, tracked_at: 1 }));
    expect(found).toEqual([{ iid: 1, metrics }]);
  });

  it('of one candidate are the same', async () => {
    expect((await world.get('candidates/1', { fields: 'eid,status,ended_at,metrics' })).body).toEqual({
      eid: expect.any(String) as string,
      status: 'running',
      metrics: ['acc', 'loss', 'train/loss.max'].map((name) => ({ name, value: 1, step: 0, tracked_at: 1 })),
    });
  });

  it('go with pages', async () => {
    const first = await world.get('candidates', { fields: 'name', max_results: '2' });
    expect(first.body['candidates']).toEqual([{ name: 'three' }, { name: 'two' }]);
    const token = String(first.body['next_page_token']);
    const next = await world.get('candidates', { fields: 'name', max_results: '2', page_token: token });
    expect(next.body).toEqual({ candidates: [{ name: 'one' }] });
  });

  it.each(['', 'strange', 'metrics.', 'inputs.a', 'iid,,name', 'project'])(
    'refuse %j, telling those that are',
    async (fields) => {
      for (const path of ['candidates', 'candidates/1']) {
        const { status, body } = await world.get(path, { fields });
        expect([status, body['field']]).toEqual([400, 'fields']);
        expect(body['message']).toMatch(/none of iid, eid, .*metrics\.<name>/);
      }
    },
  );

  it('keep the rest from being read at all', async () => {
    const database = world.app.get(Database);
    const query = jest.spyOn(database, 'query');
    await list('iid,metrics.acc');
    const texts = query.mock.calls.map(([statement]: [Statement, ...unknown[]]) => statement.text);
    query.mockRestore();
    const reading = texts.filter((text) => text.includes('AS place'));
    expect(reading).toHaveLength(1);
    expect(reading[0]).toContain('candidate_metrics');
    expect(reading[0]).not.toMatch(/candidate_params|candidate_tags|candidate_inputs|user_name|c\.name/);
    expect(texts.filter((text) => /candidate_params|candidate_tags|candidate_inputs/.test(text))).toEqual([]);
  });
});
