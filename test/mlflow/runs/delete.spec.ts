import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/delete', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse({ method: 'POST', path: 'runs/delete', idField: 'run_id', request: {}, writes: true }, ofRuns);

  it('keeps the run readable, but takes no writes to it', async () => {
    const run_id = await mine().createRun();
    const answer = await mine().post('runs/delete', { run_id });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    expect((await mine().run(run_id)).info['lifecycle_stage']).toBe('deleted');
    for (const [endpoint, fields] of [
      ['runs/log-metric', { key: 'a', value: 1, timestamp: 1 }],
      ['runs/log-parameter', { key: 'a', value: '1' }],
      ['runs/log-batch', { tags: [{ key: 'a', value: '1' }] }],
      ['runs/set-tag', { key: 'a', value: '1' }],
    ] as const) {
      const write = await mine().post(endpoint, { run_id, ...fields });
      expect([endpoint, write.status, write.body['error_code']]).toEqual([endpoint, 400, 'INVALID_PARAMETER_VALUE']);
    }
  });

  it('may be repeated', async () => {
    const run_id = await mine().createRun();
    await mine().post('runs/delete', { run_id });
    expect((await mine().post('runs/delete', { run_id })).status).toBe(200);
  });
});
