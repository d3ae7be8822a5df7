import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/get', () => {
  const { mine, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    { method: 'GET', path: 'experiments/get', idField: 'experiment_id', request: {}, writes: false },
    ofExperiments,
  );

  it('has the Default experiment from the start', async () => {
    const { body } = await mine().get('experiments/get', { experiment_id: '0' });
    expect(body['experiment']).toEqual({
      experiment_id: '0',
      name: 'Default',
      artifact_location: 'mlflow-artifacts:/0',
      lifecycle_stage: 'active',
      workspace: 'default',
      creation_time: expect.any(Number) as number,
      last_update_time: expect.any(Number) as number,
    });
  });

  it('shows deleted ones too', async () => {
    const id = await mine().createExperiment();
    await mine().post('experiments/delete', { experiment_id: id });
    const { body } = await mine().get('experiments/get', { experiment_id: id });
    expect(body['experiment']).toMatchObject({ experiment_id: id, lifecycle_stage: 'deleted' });
  });

  it.each(['abc', '1.5', '0x1', '1 OR 1=1'])('refuses the id %j', async (id) => {
    const answer = await mine().get('experiments/get', { experiment_id: id });
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: `Invalid experiment ID '${id}'. Experiment ID must be a valid integer.`,
      },
    ]);
  });

  it.each(['-1', '99999999999999999999'])('does not find the id %s', async (id) => {
    expect((await mine().get('experiments/get', { experiment_id: id })).status).toBe(404);
  });
});
