import { startNativeWorld, type Answer, type NativeWorld } from './world';

describe.each(['fastify', 'express'] as const)('experiments on the native API on %s', (adapter) => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld(adapter);
  });
  afterAll(async () => {
    await world.close();
  });

  async function create(body: object): Promise<number> {
    const { status, body: made, text } = await world.call('POST', 'experiments', { body });
    expect([status, text]).toEqual([201, text]);
    return made['iid'] as number;
  }
  const refusal = ({ status, body }: Answer): unknown[] => [status, body['error'], body['field']];

  it('are created with their tags and place, by the owner of the token', async () => {
    const tags = [
      { name: 'team', value: 'a' },
      { name: 'team', value: 'b' },
    ];
    const iid = await create({ name: 'made', tags, artifact_location: 's3://elsewhere' });
    expect((await world.get(`experiments/${iid}`)).body).toMatchObject({
      ...{ iid, name: 'made', artifact_location: 's3://elsewhere', tags: tags.slice(1) },
      created_by: expect.stringMatching(/./) as string,
    });
  });

  it('are renamed, and keep others from their name', async () => {
    const [iid] = [await create({ name: 'one' }), await create({ name: 'other' })];
    const renamed = await world.call('PATCH', `experiments/${iid}`, { body: { name: 'another' } });
    expect(renamed.body).toMatchObject({ iid, name: 'another' });
    const taken = await world.call('PATCH', `experiments/${iid}`, { body: { name: 'other' } });
    expect(refusal(taken)).toEqual([409, 'already-exists', 'name']);
    expect(refusal(await world.call('POST', 'experiments', { body: { name: 'other' } }))).toEqual([
      409,
      'already-exists',
      'name',
    ]);
  });

  it('are deleted and restored with their candidates, under another name when theirs is taken', async () => {
    const iid = await create({ name: 'gone' });
    const candidate = (await world.call('POST', 'candidates', { body: { experiment: iid } })).body['iid'] as number;
    expect((await world.call('DELETE', `experiments/${iid}`)).status).toBe(204);
    expect((await world.get(`candidates/${candidate}`)).body).toHaveProperty('deleted_at');
    await create({ name: 'gone' });
    expect(refusal(await world.call('POST', `experiments/${iid}/restore`))).toEqual([409, 'already-exists', 'name']);
    const back = await world.call('POST', `experiments/${iid}/restore`, { body: { name: 'back' } });
    expect([back.status, back.body['name'], back.body['deleted_at']]).toEqual([200, 'back', undefined]);
    expect((await world.get(`candidates/${candidate}`)).body).not.toHaveProperty('deleted_at');
    expect((await world.call('DELETE', `experiments/${iid}`)).status).toBe(204);
    expect((await world.call('POST', `experiments/${iid}/restore`)).body).toMatchObject({ name: 'back' });
  });

  it('have tags set, all or none, and deleted', async () => {
    const iid = await create({ name: 'tagged' });
    const path = `experiments/${iid}/tags`;
    const tags = [
      { name: 'a/b', value: '1' },
      { name: 'c', value: '2' },
    ];
    expect((await world.call('POST', path, { body: { tags } })).status).toBe(204);
    const wrong = await world.call('POST', path, {
      body: {
        tags: [
          { name: 'd', value: '' },
          { name: 'e=', value: '' },
        ],
      },
    });
    expect(refusal(wrong)).toEqual([400, 'invalid', 'tags[1].name']);
    const read = async (): Promise<unknown> => (await world.get(`experiments/${iid}`)).body['tags'];
    expect(await read()).toEqual(tags);
    expect((await world.call('DELETE', `${path}?name=a/b`)).status).toBe(204);
    expect(await read()).toEqual(tags.slice(1));
    expect(refusal(await world.call('DELETE', `${path}?name=a/b`))).toEqual([404, 'not-found', undefined]);
    await world.call('DELETE', `experiments/${iid}`);
    expect(refusal(await world.call('POST', path, { body: { tags } }))).toEqual([400, 'invalid', undefined]);
  });

  it.each([
    ['POST', 'experiments', {}, 400, 'name'],
    ['POST', 'experiments', { name: '' }, 400, 'name'],
    ['POST', 'experiments', { name: 'x'.repeat(501) }, 400, 'name'],
    ['POST', 'experiments', { name: 'a', strange: 1 }, 400, 'strange'],
    ['PATCH', 'experiments/0', {}, 400, 'name'],
    ['PATCH', 'experiments/99', { name: 'a' }, 404, undefined],
    ['DELETE', 'experiments/99', undefined, 404, undefined],
    ['POST', 'experiments/0/restore', {}, 404, undefined],
    ['POST', 'experiments/x/tags', { tags: [] }, 404, undefined],
    ['DELETE', 'experiments/0/tags', undefined, 400, 'name'],
  ])('refuse %s %s with %j: %i', async (method, path, body, status, field) => {
    const answer = await world.call(method, path, body === undefined ? {} : { body });
    expect([answer.status, answer.body['field']]).toEqual([status, field]);
  });
});
