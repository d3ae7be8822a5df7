import { newEid } from '../../src/common';
import { startNativeWorld, type Answer, type NativeWorld } from './world';

describe.each(['fastify', 'express'] as const)('candidates on the native API on %s', (adapter) => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld(adapter);
  });
  afterAll(async () => {
    await world.close();
  });

  async function create(fields: object = {}): Promise<{ iid: number; eid: string }> {
    const { status, body, text } = await world.call('POST', 'candidates', { body: { experiment: 0, ...fields } });
    expect([status, text]).toEqual([201, text]);
    return body as { iid: number; eid: string };
  }
  const log = (name: string | number, body: unknown): Promise<Answer> =>
    world.call('POST', `candidates/${name}/log`, { body });
  const refusal = ({ status, body }: Answer): unknown[] => [status, body['error'], body['field']];

  it('are created, and read by number and by both spellings of the eid', async () => {
    const made = await create({
      ...{ name: 'wide', status: 'scheduled', started_at: 5, user_name: 'ada', tags: [{ name: 'a', value: '1' }] },
      source: { commit: 'abc1234', branch: 'topic', merge_request: 7 },
    });
    expect(made).toMatchObject({
      ...{ experiment_iid: 0, name: 'wide', status: 'scheduled', started_at: 5, user_name: 'ada' },
      ...{ commit: 'abc1234', branch: 'topic', claimed_merge_request: 7, metrics: [], params: [], inputs: [] },
    });
    for (const name of [made.iid, made.eid, made.eid.replaceAll('-', ''), made.eid.toUpperCase()]) {
      expect((await world.get(`candidates/${name}`)).body).toEqual(made);
    }
  });

  it('need nothing but an experiment', async () => {
    const made = await create();
    expect(made).toMatchObject({ status: 'running', name: expect.stringMatching(/./) as string });
    expect(made).not.toHaveProperty('commit');
  });

  it('carry their name in the tag that MLflow reads it from', async () => {
    const { iid, eid } = await create({ name: 'first' });
    await world.call('PATCH', `candidates/${iid}`, { body: { name: 'second' } });
    const run = await world.get(`mlflow/api/2.0/mlflow/runs/get?run_id=${eid.replaceAll('-', '')}`);
    const found = run.body['run'] as { info: { run_name: string }; data: { tags: { key: string; value: string }[] } };
    expect(found.info.run_name).toBe('second');
    expect(found.data.tags).toContainEqual({ key: 'mlflow.runName', value: 'second' });
  });

  it('are changed, deleted and restored', async () => {
    const { iid, eid } = await create({ name: 'before' });
    const update = { name: 'after', status: 'failed', ended_at: 9 };
    expect((await world.call('PATCH', `candidates/${iid}`, { body: update })).body).toMatchObject(update);
    expect((await world.call('PATCH', `candidates/${eid}`, { body: {} })).body).toMatchObject(update);
    for (let time = 1; time <= 2; time += 1) expect((await world.call('DELETE', `candidates/${iid}`)).status).toBe(204);
    expect((await world.get(`candidates/${iid}`)).body).toHaveProperty('deleted_at');
    expect(refusal(await world.call('PATCH', `candidates/${iid}`, { body: update }))).toEqual([400, 'invalid', 'eid']);
    expect(refusal(await log(iid, { tags: [{ name: 'a', value: '' }] }))).toEqual([400, 'invalid', 'eid']);
    for (let time = 1; time <= 2; time += 1) {
      const restored = await world.call('POST', `candidates/${iid}/restore`);
      expect([restored.status, restored.body['deleted_at']]).toEqual([200, undefined]);
    }
  });

  it('take points, params and tags in one batch, as often as it is sent', async () => {
    const { iid } = await create();
    const batch = {
      metrics: [
        { name: 'loss', value: 2, step: 1, tracked_at: 10 },
        { name: 'loss', value: 'NaN', step: 2, tracked_at: 11 },
        { name: 'train/acc', value: 0.5, tracked_at: 10 },
      ],
      params: [{ name: 'lr', value: '0.1' }],
      tags: [{ name: 'note', value: 'x' }],
      source: { branch: 'late' },
    };
    for (let time = 1; time <= 2; time += 1) expect((await log(iid, batch)).status).toBe(204);
    const { body } = await world.get(`candidates/${iid}`);
    expect(body).toMatchObject({
      metrics: [
        { name: 'loss', value: 'NaN', step: 2, tracked_at: 11 },
        { name: 'train/acc', value: 0.5, step: 0, tracked_at: 10 },
      ],
      params: [{ name: 'lr', value: '0.1' }],
      branch: 'late',
    });
    const points = await world.get(`candidates/${iid}/metrics`);
    expect((points.body['metrics'] as { points: number }[]).map((metric) => metric.points)).toEqual([2, 1]);
  });

  it('keep nothing of a batch of which one entry is wrong', async () => {
    const { iid } = await create();
    await log(iid, { params: [{ name: 'lr', value: '0.1' }] });
    const metrics = [{ name: 'loss', value: 1, tracked_at: 1 }];
    const refused = await log(iid, {
      metrics,
      params: [{ name: 'lr', value: '0.2' }],
      tags: [{ name: 'a', value: '1' }],
    });
    expect(refusal(refused)).toEqual([400, 'invalid', 'params']);
    const { body } = await world.get(`candidates/${iid}?fields=metrics,params,tags.a`);
    expect(body).toEqual({ metrics: [], params: [{ name: 'lr', value: '0.1' }], tags: [] });
  });

  it.each<[unknown, string | undefined]>([
    [[], undefined],
    [{ metric: [] }, 'metric'],
    [{ metrics: {} }, 'metrics'],
    [{ metrics: [{ name: 'a', value: 1 }] }, 'metrics[0].tracked_at'],
    [{ metrics: [{ name: 'a', value: '1', tracked_at: 1 }] }, 'metrics[0].value'],
    [{ metrics: [{ name: 'a', value: 1, step: 0.5, tracked_at: 1 }] }, 'metrics[0].step'],
    [{ metrics: [{ name: 'a=b', value: 1, tracked_at: 1 }] }, 'metrics[0].name'],
    [{ params: [{ name: 'a', value: 1 }] }, 'params[0].value'],
    [{ tags: [{ name: '', value: '' }] }, 'tags[0].name'],
    [{ source: { merge_request: 0 } }, 'source.merge_request'],
    [{ params: Array.from({ length: 101 }, (_, at) => ({ name: `p${at}`, value: '' })) }, 'params'],
  ])('refuse to log %j, naming %s', async (body, field) => {
    const { iid } = await create();
    expect(refusal(await log(iid, body))).toEqual([400, 'invalid', field]);
  });

  it.each([
    ['{', 'application/json', 400, undefined],
    ['[]', 'application/json', 400, expect.anything() as unknown],
    ['"a"', 'application/json', 400, expect.anything() as unknown],
    ['a=b', 'application/x-www-form-urlencoded', 400, 'Content-Type'],
    ['{}', 'text/plain', 400, 'Content-Type'],
    [' '.repeat(16_777_217), 'application/json', 413, undefined],
    ['', 'application/json', 400, 'experiment'],
  ])(
    'refuse bodies that are no JSON object of at most 16 MiB, in their own shape: %.9s as %s',
    async (raw, type, status, field) => {
      const { iid } = await create();
      const paths = raw === '' ? ['candidates'] : ['candidates', `candidates/${iid}/log`];
      for (const path of paths) {
        const answer = await world.call('POST', path, { raw, headers: { 'content-type': type } });
        expect([path, answer.status, answer.body['error']]).toEqual([
          path,
          status,
          status === 413 ? 'too-large' : 'invalid',
        ]);
        if (path === 'candidates') expect(answer.body['field']).toEqual(field);
      }
    },
  );

  it('take a thousand points of long names in one batch', async () => {
    const { iid } = await create();
    const metrics = Array.from({ length: 1_000 }, (_, step) => ({
      name: 'm'.repeat(250),
      value: step,
      step,
      tracked_at: 1,
    }));
    expect((await log(iid, { metrics })).status).toBe(204);
    const { body } = await world.get(`candidates/${iid}`);
    expect(body['metrics']).toMatchObject([{ value: 999 }]);
  });

  it('have tags set and deleted by names that hold slashes', async () => {
    const { iid } = await create();
    const tags = [
      { name: 'a/b', value: '1' },
      { name: 'a/b', value: '2' },
      { name: 'c', value: '' },
    ];
    expect((await world.call('POST', `candidates/${iid}/tags`, { body: { tags } })).status).toBe(204);
    const read = async (): Promise<unknown> =>
      (await world.get(`candidates/${iid}?fields=tags.a/b,tags.c`)).body['tags'];
    expect(await read()).toEqual(tags.slice(1));
    expect((await world.call('DELETE', `candidates/${iid}/tags?name=a/b`)).status).toBe(204);
    expect(await read()).toEqual(tags.slice(2));
    expect(refusal(await world.call('DELETE', `candidates/${iid}/tags?name=a/b`))).toEqual([
      404,
      'not-found',
      undefined,
    ]);
    expect(refusal(await world.call('DELETE', `candidates/${iid}/tags`))).toEqual([400, 'invalid', 'name']);
  });

  it('have their datasets', async () => {
    const { iid } = await create();
    const dataset = { name: 'penguins', digest: 'd1', source_type: 'local', source: '{}', profile: '{}' };
    const datasets = [{ dataset, tags: [{ name: 'mlflow.data.context', value: 'train' }] }];
    for (let time = 1; time <= 2; time += 1) {
      expect((await world.call('POST', `candidates/${iid}/inputs`, { body: { datasets } })).status).toBe(204);
    }
    expect((await world.get(`candidates/${iid}/inputs`)).body).toEqual({ inputs: datasets });
    const wrong = { datasets: [{ dataset: { ...dataset, digest: 'd'.repeat(37) } }] };
    const refused = await world.call('POST', `candidates/${iid}/inputs`, { body: wrong });
    expect([refused.status, refused.body['field']]).toEqual([400, 'datasets.0.dataset.digest']);
  });

  it.each([
    ['POST', 'candidates', { experiment: 99 }, 404, 'experiment'],
    ['POST', 'candidates', {}, 400, 'experiment'],
    ['POST', 'candidates', { experiment: 0, status: 'FINISHED' }, 400, 'status'],
    ['POST', 'candidates', { experiment: 0, strange: 1 }, 400, 'strange'],
    ['POST', 'candidates', { experiment: 0, tags: [{ name: 'a=b', value: '' }] }, 400, 'tags[0].name'],
    ['POST', 'candidates', { experiment: 0, source: { merge_request: 0 } }, 400, 'source.merge_request'],
    ['PATCH', 'candidates/1', { ended_at: 'now' }, 400, 'ended_at'],
    ['PATCH', 'candidates/1', { name: 'x'.repeat(501) }, 400, 'name'],
    ['PATCH', 'candidates/9999', { name: 'x' }, 404, undefined],
    ['DELETE', 'candidates/9999', undefined, 404, undefined],
    ['POST', 'candidates/9999/restore', undefined, 404, undefined],
    ['POST', 'candidates/9999/log', {}, 404, undefined],
    ['GET', `candidates/${newEid()}`, undefined, 404, undefined],
    ['GET', 'candidates/one', undefined, 404, undefined],
  ])('refuse %s %s with %j: %i', async (method, path, body, status, field) => {
    const answer = await world.call(method, path, body === undefined ? {} : { body });
    expect([answer.status, answer.body['field']]).toEqual([status, field]);
  });
});
