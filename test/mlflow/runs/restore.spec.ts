import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/restore', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'runs/restore', idField: 'run_id', request: {}, writes: true },
    ofRuns,
  );

  it('brings a run back with its data, ready for writes', async () => {
    const run_id = await mine().createRun();
    await mine().post('runs/log-parameter', { run_id, key: 'depth', value: '3' });
    await mine().post('runs/delete', { run_id });
    const answer = await mine().post('runs/restore', { run_id });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    await mine().post('runs/log-parameter', { run_id, key: 'width', value: '4' });
    const { info, data } = await mine().run(run_id);
    expect(info['lifecycle_stage']).toBe('active');
    expect(data.params).toEqual([
      { key: 'depth', value: '3' },
      { key: 'width', value: '4' },
    ]);
  });
});
