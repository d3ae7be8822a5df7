import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/update', () => {
  const { mine, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'experiments/update',
      idField: 'experiment_id',
      request: { new_name: 'renamed-by-common-cases' },
      required: 'new_name',
      writes: true,
    },
    ofExperiments,
  );

  it('renames, and says when the name is taken', async () => {
    const [one, two] = [await mine().createExperiment('one'), await mine().createExperiment('two')];
    const renamed = await mine().post('experiments/update', { experiment_id: one, new_name: 'uno' });
    expect([renamed.status, renamed.text]).toEqual([200, '{}']);
    const { body } = await mine().get('experiments/get', { experiment_id: one });
    expect(body['experiment']).toMatchObject({ name: 'uno' });
    const taken = await mine().post('experiments/update', { experiment_id: two, new_name: 'uno' });
    expect([taken.status, taken.body['error_code']]).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
  });

  it('refuses a deleted one', async () => {
    const id = await mine().createExperiment();
    await mine().post('experiments/delete', { experiment_id: id });
    const answer = await mine().post('experiments/update', { experiment_id: id, new_name: 'x' });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});
