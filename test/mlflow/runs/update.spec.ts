import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/update', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/update',
      idField: 'run_id',
      request: { status: 'FINISHED', end_time: '1700000000001' },
      writes: true,
    },
    ofRuns,
  );

  it('answers what the run is then', async () => {
    const run_id = await mine().createRun();
    const { body } = await mine().post('runs/update', {
      run_id,
      status: 'KILLED',
      end_time: 2000,
      run_name: 'renamed',
    });
    expect(body['run_info']).toMatchObject({ run_id, status: 'KILLED', end_time: 2000, run_name: 'renamed' });
    const { info, data } = await mine().run(run_id);
    expect(info).toEqual(body['run_info']);
    expect(data.tags).toEqual([{ key: 'mlflow.runName', value: 'renamed' }]);
  });

  it.each([
    ['RUNNING', 'RUNNING'],
    [2, 'SCHEDULED'],
    ['FINISHED', 'FINISHED'],
    [4, 'FAILED'],
    ['KILLED', 'KILLED'],
  ])('reads the status %j', async (status, expected) => {
    const { body } = await mine().post('runs/update', { run_id: ofRuns().id, status });
    expect(body['run_info']).toMatchObject({ status: expected });
  });

  it('leaves what it is not told', async () => {
    const run_id = await mine().createRun({ run_name: 'kept' });
    await mine().post('runs/update', { run_id, status: 'FINISHED', end_time: 7 });
    await mine().post('runs/update', { run_id, run_name: '' });
    expect((await mine().run(run_id)).info).toMatchObject({ run_name: 'kept', status: 'FINISHED', end_time: 7 });
  });

  it('refuses a status that there is not, and a deleted run', async () => {
    const wrong = await mine().post('runs/update', { run_id: ofRuns().id, status: 'DONE' });
    expect([wrong.status, wrong.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(wrong.body['message']).toContain('It must be one of RUNNING, SCHEDULED, FINISHED, FAILED, KILLED.');
    const run_id = await mine().createRun();
    await mine().post('runs/delete', { run_id });
    const deleted = await mine().post('runs/update', { run_id, status: 'FINISHED' });
    expect([deleted.status, deleted.body['message']]).toEqual([
      400,
      `The run ${run_id} must be in the 'active' state. Current state is deleted.`,
    ]);
  });
});
