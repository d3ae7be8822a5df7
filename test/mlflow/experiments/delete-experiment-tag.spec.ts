import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/delete-experiment-tag', () => {
  const { mine, ofExperiments } = twoProjects();
  beforeEach(async () => {
    const { mine: tracking, id } = ofExperiments();
    await tracking.post('experiments/set-experiment-tag', { experiment_id: id, key: 'team', value: 'vision' });
  });
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'experiments/delete-experiment-tag',
      idField: 'experiment_id',
      request: { key: 'team' },
      required: 'key',
      writes: true,
    },
    ofExperiments,
  );

  it('takes the tag away, and does not find it a second time', async () => {
    const experiment_id = ofExperiments().id;
    const remove = () => mine().post('experiments/delete-experiment-tag', { experiment_id, key: 'team' });
    expect((await remove()).status).toBe(200);
    const { body } = await mine().get('experiments/get', { experiment_id });
    expect(body['experiment']).not.toHaveProperty('tags');
    const again = await remove();
    expect([again.status, again.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    expect(again.body['message']).toContain('No tag with name: team');
  });
});
