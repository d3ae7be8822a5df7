import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/log-parameter', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/log-parameter',
      idField: 'run_id',
      request: { key: 'depth', value: '3' },
      required: 'key',
      writes: true,
    },
    ofRuns,
  );

  it('takes the same value again, and refuses another with both', async () => {
    const run_id = await mine().createRun();
    const log = (value: string) => mine().post('runs/log-parameter', { run_id, key: 'depth', value });
    expect((await log('3')).status).toBe(200);
    expect((await log('3')).status).toBe(200);
    const changed = await log('4');
    expect([changed.status, changed.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(changed.body['message']).toMatch(/Changing param values is not allowed.*depth.*3.*4/);
    expect((await mine().run(run_id)).data.params).toEqual([{ key: 'depth', value: '3' }]);
  });

  it('keeps empty values, and cuts those beyond 6,000 characters', async () => {
    const run_id = await mine().createRun();
    await mine().post('runs/log-parameter', { run_id, key: 'a', value: '' });
    await mine().post('runs/log-parameter', { run_id, key: 'b' });
    const long = await mine().post('runs/log-parameter', { run_id, key: 'c', value: '猫'.repeat(6001) });
    expect(long.status).toBe(200);
    expect((await mine().run(run_id)).data.params).toEqual([
      { key: 'a', value: '' },
      { key: 'b', value: '' },
      { key: 'c', value: '猫'.repeat(6000) },
    ]);
  });

  it('refuses values that are no text', async () => {
    const answer = await mine().post('runs/log-parameter', { run_id: ofRuns().id, key: 'a', value: 3 });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain("Invalid value 3 for parameter 'value' supplied");
  });
});
