import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/delete', () => {
  const { mine, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'experiments/delete', idField: 'experiment_id', request: {}, writes: true },
    () => scene,
  );
  // The common cases delete it and look at it twice, so each takes a new one.
  let scene = undefined as unknown as ReturnType<typeof ofExperiments>;
  beforeEach(async () => {
    scene = { ...ofExperiments(), id: await mine().createExperiment() };
  });

  it('deletes it with its runs, which then take no writes', async () => {
    const experiment_id = await mine().createExperiment();
    const run_id = await mine().createRun({ experiment_id });
    const answer = await mine().post('experiments/delete', { experiment_id });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    expect((await mine().run(run_id)).info['lifecycle_stage']).toBe('deleted');
    const write = await mine().post('runs/set-tag', { run_id, key: 'a', value: 'b' });
    expect(write.body).toEqual({
      error_code: 'INVALID_PARAMETER_VALUE',
      message: `The run ${run_id} must be in the 'active' state. Current state is deleted.`,
    });
    const create = await mine().post('runs/create', { experiment_id });
    expect([create.status, create.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  it('does not find one that is deleted already', async () => {
    const experiment_id = await mine().createExperiment();
    await mine().post('experiments/delete', { experiment_id });
    expect((await mine().post('experiments/delete', { experiment_id })).status).toBe(404);
  });
});
