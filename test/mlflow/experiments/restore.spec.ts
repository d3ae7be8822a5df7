import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/restore', () => {
  const { mine, ofExperiments } = twoProjects();
  let scene = undefined as unknown as ReturnType<typeof ofExperiments>;
  beforeEach(async () => {
    const experiment_id = await mine().createExperiment();
    await mine().post('experiments/delete', { experiment_id });
    scene = { ...ofExperiments(), id: experiment_id };
  });
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'experiments/restore', idField: 'experiment_id', request: {}, writes: true },
    () => scene,
  );

  it('brings it back with the runs that went with it', async () => {
    const experiment_id = await mine().createExperiment();
    const run_id = await mine().createRun({ experiment_id });
    await mine().post('experiments/delete', { experiment_id });
    const answer = await mine().post('experiments/restore', { experiment_id });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    expect((await mine().run(run_id)).info['lifecycle_stage']).toBe('active');
  });

  it('does not take a name that is in use again', async () => {
    const experiment_id = await mine().createExperiment('popular');
    await mine().post('experiments/delete', { experiment_id });
    await mine().createExperiment('popular');
    const answer = await mine().post('experiments/restore', { experiment_id });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
  });
});
