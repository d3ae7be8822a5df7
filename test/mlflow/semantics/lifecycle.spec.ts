import { aWorld } from './world';

const invalid = [400, 'INVALID_PARAMETER_VALUE'];
const taken = [400, 'RESOURCE_ALREADY_EXISTS'];

describe('a deleted run', () => {
  const { tracking, post, refusal } = aWorld();
  const found = async (experiment_id: string, run_view_type: string): Promise<number> =>
    ((await post('runs/search', { experiment_ids: [experiment_id], run_view_type }))['runs'] as [] | undefined)
      ?.length ?? 0;

  it('can be read but not written, and is found only by those who ask for deleted ones', async () => {
    const experiment_id = await tracking().createExperiment();
    const run_id = await tracking().createRun({ experiment_id });
    await post('runs/delete', { run_id });
    expect((await tracking().run(run_id)).info['lifecycle_stage']).toBe('deleted');
    for (const [endpoint, body] of [
      ['runs/log-metric', { run_id, key: 'm', value: 1, timestamp: 1 }],
      ['runs/log-parameter', { run_id, key: 'p', value: '1' }],
      ['runs/set-tag', { run_id, key: 't', value: '1' }],
      ['runs/delete-tag', { run_id, key: 'mlflow.runName' }],
      ['runs/log-batch', { run_id, metrics: [{ key: 'm', value: 1, timestamp: 1 }] }],
      ['runs/update', { run_id, status: 'FINISHED' }],
      ['runs/log-inputs', { run_id, datasets: [] }],
    ] as const) {
      expect([endpoint, ...(await refusal(endpoint, body))]).toEqual([endpoint, ...invalid]);
    }
    const counts = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'].map((view) => found(experiment_id, view));
    expect(await Promise.all(counts)).toEqual([0, 1, 1]);
  });

  it('may be deleted and restored twice', async () => {
    const run_id = await tracking().createRun();
    for (const endpoint of ['runs/delete', 'runs/delete', 'runs/restore', 'runs/restore'])
      await post(endpoint, { run_id });
    expect((await tracking().run(run_id)).info['lifecycle_stage']).toBe('active');
  });

  it('leaves its children as they are', async () => {
    const parent = await tracking().createRun();
    const child = await tracking().createRun({ tags: [{ key: 'mlflow.parentRunId', value: parent }] });
    await post('runs/delete', { run_id: parent });
    expect((await tracking().run(child)).info['lifecycle_stage']).toBe('active');
    await post('runs/log-metric', { run_id: child, key: 'm', value: 1, timestamp: 1 });
  });
});

describe('a deleted experiment', () => {
  const { tracking, post, refusal } = aWorld();
  const stage = async (run: string): Promise<unknown> => (await tracking().run(run)).info['lifecycle_stage'];

  it('takes its runs with it, takes no writes, and brings them back', async () => {
    const experiment_id = await tracking().createExperiment();
    const run_id = await tracking().createRun({ experiment_id });
    await post('experiments/delete', { experiment_id });
    expect(await stage(run_id)).toBe('deleted');
    for (const [endpoint, body] of [
      ['runs/create', { experiment_id }],
      ['runs/log-metric', { run_id, key: 'm', value: 1, timestamp: 1 }],
      ['experiments/set-experiment-tag', { experiment_id, key: 't', value: '1' }],
    ] as const) {
      expect([endpoint, ...(await refusal(endpoint, body))]).toEqual([endpoint, ...invalid]);
    }
    await post('experiments/restore', { experiment_id });
    expect(await stage(run_id)).toBe('active');
    await tracking().createRun({ experiment_id });
  });

  it('brings back no run that was deleted before it (MLflow restores them all)', async () => {
    const experiment_id = await tracking().createExperiment();
    const [before, kept] = [
      await tracking().createRun({ experiment_id }),
      await tracking().createRun({ experiment_id }),
    ];
    await post('runs/delete', { run_id: before });
    await post('experiments/delete', { experiment_id });
    await post('experiments/restore', { experiment_id });
    expect([await stage(before), await stage(kept)]).toEqual(['deleted', 'active']);
  });

  it('can be read by id and by name, and is found only by those who ask for deleted ones', async () => {
    const name = 'read when deleted';
    const experiment_id = await tracking().createExperiment(name);
    await post('experiments/delete', { experiment_id });
    for (const answer of [
      await tracking().get('experiments/get', { experiment_id }),
      await tracking().get('experiments/get-by-name', { experiment_name: name }),
    ]) {
      expect(answer.body['experiment']).toMatchObject({ experiment_id, lifecycle_stage: 'deleted' });
    }
    const filter = `name = '${name}'`;
    const views = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'].map((view_type) =>
      post('experiments/search', { filter, view_type, max_results: 5 }),
    );
    const counts = (await Promise.all(views)).map(({ experiments }) => (experiments as [] | undefined)?.length ?? 0);
    expect(counts).toEqual([0, 1, 1]);
  });

  it('frees its name, and comes back only under a free one (MLflow keeps the name taken)', async () => {
    const name = 'used again';
    const first = await tracking().createExperiment(name);
    await post('experiments/delete', { experiment_id: first });
    const second = await tracking().createExperiment(name);
    expect(second).not.toBe(first);
    const { body } = await tracking().get('experiments/get-by-name', { experiment_name: name });
    expect(body['experiment']).toMatchObject({ experiment_id: second, lifecycle_stage: 'active' });
    expect(await refusal('experiments/restore', { experiment_id: first })).toEqual(taken);
    await post('experiments/update', { experiment_id: second, new_name: 'moved on' });
    await post('experiments/restore', { experiment_id: first });
    const restored = await tracking().get('experiments/get', { experiment_id: first });
    expect(restored.body['experiment']).toMatchObject({ name, lifecycle_stage: 'active' });
  });

  it('gives up its name when it is renamed as well', async () => {
    const experiment_id = await tracking().createExperiment('old name');
    await post('experiments/update', { experiment_id, new_name: 'new name' });
    expect(await refusal('experiments/create', { name: 'new name' })).toEqual(taken);
    await tracking().createExperiment('old name');
  });
});
