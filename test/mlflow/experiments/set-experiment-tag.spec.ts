import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/set-experiment-tag', () => {
  const { mine, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'experiments/set-experiment-tag',
      idField: 'experiment_id',
      request: { key: 'team', value: 'vision' },
      required: 'key',
      writes: true,
    },
    ofExperiments,
  );

  it('sets, sets again, and takes values of 20,000 characters but no more', async () => {
    const experiment_id = await mine().createExperiment();
    const set = (value: string) => mine().post('experiments/set-experiment-tag', { experiment_id, key: 'k', value });
    await set('first');
    expect((await set('y'.repeat(20_000))).status).toBe(200);
    const { body } = await mine().get('experiments/get', { experiment_id });
    expect(body['experiment']).toMatchObject({ tags: [{ key: 'k', value: 'y'.repeat(20_000) }] });
    const longer = await set('y'.repeat(20_001));
    expect(longer.body['message']).toContain('exceeds the maximum length of 20000 characters');
  });
});
