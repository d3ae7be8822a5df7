import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

function model(path: string): string {
  return JSON.stringify({ artifact_path: path, flavors: {}, utc_time_created: 't', run_id: 'r', model_uuid: path });
}

describe('runs/log-model', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/log-model',
      idField: 'run_id',
      request: { model_json: model('model') },
      required: 'model_json',
      writes: true,
    },
    ofRuns,
  );

  it('keeps all models of a run, also when they come at once', async () => {
    const run_id = await mine().createRun();
    const paths = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(
      paths.map((path) => mine().post('runs/log-model', { run_id, model_json: model(path) })),
    );
    expect(answers.map(({ status, text }) => [status, text])).toEqual(paths.map(() => [200, '{}']));
    const tag = (await mine().run(run_id)).data.tags?.find(({ key }) => key === 'mlflow.log-model.history');
    const kept = JSON.parse(tag?.value ?? '') as { artifact_path: string }[];
    expect(kept.map(({ artifact_path }) => artifact_path).sort()).toEqual(paths);
  });

  it.each([
    ['{', 'Malformed model info.'],
    ['{}', 'Model json is missing mandatory fields'],
  ])('refuses the model %j', async (model_json, message) => {
    const answer = await mine().post('runs/log-model', { run_id: ofRuns().id, model_json });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });
});
