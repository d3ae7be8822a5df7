import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

const dataset = { name: 'penguins', digest: 'a1b2', source_type: 'local', source: '{"uri": "penguins.csv"}' };
const datasets = [{ tags: [{ key: 'mlflow.data.context', value: 'training' }], dataset }];

describe('runs/log-inputs', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'runs/log-inputs', idField: 'run_id', request: { datasets }, writes: true },
    ofRuns,
  );

  it('shows the datasets with the run, each once', async () => {
    const run_id = await mine().createRun();
    const answer = await mine().post('runs/log-inputs', { run_id, datasets });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    const profiled = { dataset: { ...dataset, digest: 'c3', schema: '[]', profile: '{"num_rows": 333}' } };
    await mine().post('runs/log-inputs', { run_id, datasets: [datasets[0], profiled] });
    const { inputs } = await mine().run(run_id);
    expect(inputs.dataset_inputs).toHaveLength(2);
    expect(inputs.dataset_inputs).toEqual(expect.arrayContaining([datasets[0], profiled]));
  });

  it.each([
    [{}, "Missing value for required parameter 'datasets[0].dataset'."],
    [{ dataset: { ...dataset, name: '' } }, "Missing value for required parameter 'datasets[0].dataset.name'."],
    [{ dataset: { ...dataset, digest: 'x'.repeat(37) } }, 'exceeds the maximum length of 36 characters'],
    [{ dataset, tags: [{ key: 'x'.repeat(256), value: '' }] }, 'exceeds the maximum length of 255 characters'],
  ])('refuses %j', async (input, message) => {
    const answer = await mine().post('runs/log-inputs', { run_id: ofRuns().id, datasets: [input] });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });
});
