import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/get', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse({ method: 'GET', path: 'runs/get', idField: 'run_id', request: {}, writes: false }, ofRuns);

  it('takes the id under its name of old', async () => {
    const { id } = ofRuns();
    const { body } = await mine().get('runs/get', { run_uuid: id });
    expect(body['run']).toMatchObject({ info: { run_id: id } });
  });

  it.each(['zz', '', 'F'.repeat(32)])('does not find the id %j', async (run_id) => {
    const answer = await mine().get('runs/get', { run_id });
    expect(answer.status).toBe(run_id === '' ? 400 : 404);
    if (run_id !== '') expect(answer.body['message']).toBe(`Run with id=${run_id} not found`);
  });

  it('shows the latest point of each metric: the highest step, then time, then value', async () => {
    const id = await mine().createRun();
    const metrics = [
      { key: 'a', value: 1, timestamp: 5, step: 2 },
      { key: 'a', value: 9, timestamp: 9, step: 1 },
      { key: 'b', value: 3, timestamp: 5, step: 0 },
      { key: 'b', value: 4, timestamp: 5, step: 0 },
      { key: 'b', value: 7, timestamp: 4, step: 0 },
    ];
    await mine().post('runs/log-batch', { run_id: id, metrics });
    expect((await mine().run(id)).data.metrics).toEqual([metrics[0], metrics[3]]);
  });
});
