import { aWorld } from './world';

const invalid = [400, 'INVALID_PARAMETER_VALUE'];

describe('a param', () => {
  const { tracking, post, params, tags, refusal } = aWorld();

  it('cannot be changed, but may be logged again with the same value', async () => {
    const run_id = await tracking().createRun();
    await post('runs/log-parameter', { run_id, key: 'depth', value: '3' });
    await post('runs/log-parameter', { run_id, key: 'depth', value: '3' });
    await post('runs/log-batch', { run_id, params: [{ key: 'depth', value: '3' }] });
    expect(await refusal('runs/log-parameter', { run_id, key: 'depth', value: '4' })).toEqual(invalid);
    expect(await params(run_id)).toEqual({ depth: '3' });
  });

  it('that would change keeps all of its batch from being logged', async () => {
    const run_id = await tracking().createRun();
    await post('runs/log-parameter', { run_id, key: 'depth', value: '3' });
    const batch = {
      run_id,
      metrics: [{ key: 'm', value: 1, timestamp: 1 }],
      params: [
        { key: 'new', value: '1' },
        { key: 'depth', value: '4' },
      ],
      tags: [{ key: 't', value: '1' }],
    };
    expect(await refusal('runs/log-batch', batch)).toEqual(invalid);
    expect(await params(run_id)).toEqual({ depth: '3' });
    expect(Object.keys(await tags(run_id))).toEqual(['mlflow.runName']);
    expect((await tracking().run(run_id)).data.metrics).toBeUndefined();
  });

  it('cannot stand twice in one batch, not even with one value', async () => {
    const run_id = await tracking().createRun();
    for (const second of ['1', '2']) {
      const twice = [
        { key: 'p', value: '1' },
        { key: 'p', value: second },
      ];
      expect(await refusal('runs/log-batch', { run_id, params: twice })).toEqual(invalid);
    }
    expect(await params(run_id)).toEqual({});
  });

  it('is cut at 6,000 characters, and its beginning is what a repeat is compared with', async () => {
    const run_id = await tracking().createRun();
    const [kept, long] = ['v'.repeat(6_000), 'v'.repeat(6_500)];
    await post('runs/log-parameter', { run_id, key: 'long', value: long });
    await post('runs/log-parameter', { run_id, key: 'long', value: long });
    await post('runs/log-parameter', { run_id, key: 'long', value: kept });
    expect(await params(run_id)).toEqual({ long: kept });
  });

  it('may be empty', async () => {
    const run_id = await tracking().createRun();
    await post('runs/log-parameter', { run_id, key: 'empty', value: '' });
    expect(await params(run_id)).toEqual({ empty: '' });
  });
});

describe('a tag', () => {
  const { tracking, post, tags, refusal } = aWorld();

  it('is replaced by its next value, and the last one of a batch holds', async () => {
    const run_id = await tracking().createRun({ tags: [{ key: 't', value: 'created' }] });
    await post('runs/set-tag', { run_id, key: 't', value: 'set' });
    expect((await tags(run_id))['t']).toBe('set');
    const twice = [
      { key: 't', value: 'first' },
      { key: 't', value: 'second' },
    ];
    await post('runs/log-batch', { run_id, tags: twice });
    expect((await tags(run_id))['t']).toBe('second');
  });

  it('is taken away once', async () => {
    const run_id = await tracking().createRun({ tags: [{ key: 't', value: '1' }] });
    await post('runs/delete-tag', { run_id, key: 't' });
    expect(await tags(run_id)).not.toHaveProperty('t');
    expect(await refusal('runs/delete-tag', { run_id, key: 't' })).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });

  it('is cut at 8,000 characters', async () => {
    const run_id = await tracking().createRun();
    await post('runs/set-tag', { run_id, key: 't', value: 'v'.repeat(8_001) });
    expect((await tags(run_id))['t']).toBe('v'.repeat(8_000));
  });
});
