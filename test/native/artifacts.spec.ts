import { startNativeWorld, type Answer, type NativeWorld } from './world';

describe.each(['fastify', 'express'] as const)('artifacts on the native API on %s', (adapter) => {
  let world: NativeWorld;
  let eid: string;
  beforeAll(async () => {
    world = await startNativeWorld(adapter);
    eid = (await world.call('POST', 'candidates', { body: { experiment: 0 } })).body['eid'] as string;
  });
  afterAll(async () => {
    await world.close();
  });

  const at = (path: string): string => `candidates/1/artifacts/raw/${path}`;
  const put = (path: string, raw: string, type?: string): Promise<Answer> =>
    world.call('PUT', at(path), { raw, headers: type === undefined ? {} : { 'content-type': type } });
  async function names(folder = ''): Promise<string[]> {
    const { body } = await world.get(`candidates/${eid}/artifacts`, { path: folder });
    return (body['artifacts'] as { path: string }[]).map(({ path }) => path);
  }

  it.each([
    ['application/json', '{ "spaced" :  [1,2 ] }\n'],
    ['text/plain', 'plain'],
    ['application/x-www-form-urlencoded', 'a=b&c'],
    [undefined, 'bytes'],
  ])('go up as %s and come down byte by byte', async (type, content) => {
    expect((await put('docs/one file.json', content, type)).status).toBe(204);
    for (const name of [1, eid]) {
      const answer = await world.call('GET', `candidates/${name}/artifacts/raw/docs/one%20file.json`);
      expect([answer.status, answer.text]).toEqual([200, content]);
      expect(answer.headers.get('content-security-policy')).toBe('sandbox');
    }
    expect(await names('docs')).toEqual(['docs/one file.json']);
  });

  it('are listed level by level', async () => {
    await put('levels/a.txt', 'abc');
    await put('levels/b/c.txt', '');
    const { body } = await world.get('candidates/1/artifacts', { path: 'levels' });
    expect(body).toEqual({
      artifacts: [
        { kind: 'file', name: 'a.txt', path: 'levels/a.txt', size: 3 },
        { kind: 'folder', name: 'b', path: 'levels/b' },
      ],
    });
    expect(await names('nothing')).toEqual([]);
  });

  it('are removed one by one and folder by folder, as often as it is asked', async () => {
    for (const path of ['away/a', 'away/b/c', 'away/b/d']) await put(path, 'x');
    for (let time = 1; time <= 2; time += 1) expect((await world.call('DELETE', at('away/a'))).status).toBe(204);
    expect(await names('away')).toEqual(['away/b']);
    expect((await world.call('DELETE', at('away/b'))).status).toBe(204);
    expect(await names('away')).toEqual([]);
  });

  it('stay where they are while the candidate is deleted', async () => {
    const { body } = await world.call('POST', 'candidates', { body: { experiment: 0 } });
    const path = `candidates/${String(body['iid'])}/artifacts/raw/kept.txt`;
    await world.call('PUT', path, { raw: 'kept' });
    await world.call('DELETE', `candidates/${String(body['iid'])}`);
    expect((await world.call('PUT', path, { raw: 'other' })).status).toBe(400);
    expect((await world.call('DELETE', path)).status).toBe(400);
    expect((await world.call('GET', path)).text).toBe('kept');
  });

  it('are refused where the experiment keeps them elsewhere', async () => {
    const experiment = await world.call('POST', 'experiments', {
      body: { name: 'far', artifact_location: 's3://far' },
    });
    const { body } = await world.call('POST', 'candidates', { body: { experiment: experiment.body['iid'] } });
    const path = `candidates/${String(body['iid'])}/artifacts`;
    for (const answer of [await world.get(path), await world.call('PUT', `${path}/raw/a`, { raw: 'x' })]) {
      expect([answer.status, answer.body['error']]).toEqual([501, 'unsupported']);
    }
  });

  it.each([
    ['..%2f..%2fsecret', 400],
    ['a%00b', 400],
    ['%5cwindows', 400],
    ['a%252e%252e%252fb/..%2f..', 400],
  ])('do not leave their folder by %s', async (path, status) => {
    expect((await put(path, 'x')).status).toBe(status);
    expect((await world.call('DELETE', at(path))).status).toBe(status);
    expect((await world.call('GET', at(path))).status).toBe(status);
  });

  it('of nobody are not found', async () => {
    for (const method of ['PUT', 'DELETE', 'GET']) {
      const answer = await world.call(method, 'candidates/99/artifacts/raw/a', method === 'PUT' ? { raw: 'x' } : {});
      expect([method, answer.status]).toEqual([method, 404]);
    }
  });
});
