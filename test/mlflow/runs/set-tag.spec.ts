import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/set-tag', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/set-tag',
      idField: 'run_id',
      request: { key: 'team', value: 'vision' },
      required: 'key',
      writes: true,
    },
    ofRuns,
  );

  it('replaces a value, and cuts one beyond 8,000 characters', async () => {
    const run_id = await mine().createRun({ run_name: 'n' });
    const set = (value: string) => mine().post('runs/set-tag', { run_id, key: 'a', value });
    await set('1');
    expect((await set('x'.repeat(8001))).status).toBe(200);
    expect((await mine().run(run_id)).data.tags).toContainEqual({ key: 'a', value: 'x'.repeat(8000) });
  });

  it('changes the name with its tag', async () => {
    const run_id = await mine().createRun({ run_name: 'before' });
    await mine().post('runs/set-tag', { run_id, key: 'mlflow.runName', value: 'after' });
    expect((await mine().run(run_id)).info['run_name']).toBe('after');
  });
});
