import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/get-by-name', () => {
  const { mine, other, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'GET',
      path: 'experiments/get-by-name',
      request: { experiment_name: 'Default' },
      required: 'experiment_name',
      writes: false,
    },
    ofExperiments,
  );

  it('does not find an unknown name, nor one of another project', async () => {
    await other().createExperiment('theirs');
    for (const experiment_name of ['nothing', 'theirs']) {
      const answer = await mine().get('experiments/get-by-name', { experiment_name });
      expect([answer.status, answer.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
      expect(answer.body['message']).toContain(experiment_name);
    }
  });

  it('finds the live one before a deleted one of the same name', async () => {
    const old = await mine().createExperiment('again');
    await mine().post('experiments/delete', { experiment_id: old });
    const found = async (): Promise<unknown> =>
      (await mine().get('experiments/get-by-name', { experiment_name: 'again' })).body['experiment'];
    expect(await found()).toMatchObject({ experiment_id: old, lifecycle_stage: 'deleted' });
    const fresh = await mine().createExperiment('again');
    expect(await found()).toMatchObject({ experiment_id: fresh, lifecycle_stage: 'active' });
  });
});
