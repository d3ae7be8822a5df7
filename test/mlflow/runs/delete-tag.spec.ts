import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/delete-tag', () => {
  const { mine, ofRuns } = twoProjects();
  beforeEach(async () => {
    await mine().post('runs/set-tag', { run_id: ofRuns().id, key: 'team', value: 'vision' });
  });
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/delete-tag',
      idField: 'run_id',
      request: { key: 'team' },
      required: 'key',
      writes: true,
    },
    ofRuns,
  );

  it('takes the tag away, and does not find it a second time', async () => {
    const run_id = ofRuns().id;
    const remove = () => mine().post('runs/delete-tag', { run_id, key: 'team' });
    expect([(await remove()).status, (await mine().run(run_id)).data.tags]).toEqual([
      200,
      [{ key: 'mlflow.runName', value: expect.any(String) as string }],
    ]);
    const again = await remove();
    expect([again.status, again.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    expect(again.body['message']).toContain('No tag with name: team');
  });
});
