import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';
import type { Scene } from '../error-cases';

describe('runs/outputs', () => {
  const { mine, ofRuns } = twoProjects();
  const request: Record<string, unknown> = {};
  let model: string;
  let theirs: string;

  async function createModel({ mine: tracking }: Pick<Scene, 'mine'>): Promise<string> {
    const { body, text } = await tracking.post('logged-models', { experiment_id: '0', name: 'm' });
    const created = body['model'] as { info: { model_id: string } } | undefined;
    if (created === undefined) throw new Error(`No model: ${text}`);
    return created.info.model_id;
  }
  beforeAll(async () => {
    model = await createModel(ofRuns());
    theirs = await createModel({ mine: ofRuns().other });
    request['models'] = [{ model_id: model, step: '3' }];
  });
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'runs/outputs', idField: 'run_id', request, required: 'models', writes: true },
    ofRuns,
  );

  it('shows the models with the run that made and read them, also when it is searched', async () => {
    const experiment_id = await mine().createExperiment();
    const run_id = await mine().createRun({ experiment_id });
    const answer = await mine().post('runs/outputs', { run_id, models: [{ model_id: model, step: 4 }] });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    await mine().post('runs/log-inputs', { run_id, models: [{ model_id: model }] });
    const run = await mine().run(run_id);
    expect(run).toMatchObject({
      inputs: { model_inputs: [{ model_id: model }] },
      outputs: { model_outputs: [{ model_id: model, step: 4 }] },
    });
    const { body } = await mine().post('runs/search', { experiment_ids: [experiment_id] });
    expect(body['runs']).toEqual([run]);
  });

  it("does not find another project's model, and keeps nothing of the metric that names it", async () => {
    const run_id = await mine().createRun();
    const output = await mine().post('runs/outputs', { run_id, models: [{ model_id: theirs }] });
    expect([output.status, output.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    const metric = { key: 'acc', value: 1, timestamp: 5, model_id: theirs };
    expect((await mine().post('runs/log-metric', { run_id, ...metric })).status).toBe(404);
    expect((await mine().post('runs/log-batch', { run_id, metrics: [metric] })).status).toBe(404);
    expect((await mine().run(run_id)).data).not.toHaveProperty('metrics');
  });

  it('keeps a metric of a model with both, the run and the model', async () => {
    const run_id = await mine().createRun();
    const metric = { key: 'acc', value: 0.75, timestamp: 5, step: 1 };
    const measured = { ...metric, model_id: model, dataset_name: 'penguins', dataset_digest: 'd1' };
    expect((await mine().post('runs/log-metric', { run_id, ...measured })).status).toBe(200);
    expect((await mine().run(run_id)).data.metrics).toEqual([metric]);
    const { body } = await mine().get(`logged-models/${model}`);
    expect(body).toMatchObject({ model: { data: { metrics: [{ ...measured, run_id }] } } });
  });
});
