import { aWorld } from './world';

describe('the tags that mean something', () => {
  const { tracking, post, tags, refusal } = aWorld();
  const info = async (run: string): Promise<Record<string, unknown>> => (await tracking().run(run)).info;

  it('mlflow.runName and the name of the run are one, whichever is set', async () => {
    const run_id = await tracking().createRun({ run_name: 'created' });
    expect((await tags(run_id))['mlflow.runName']).toBe('created');
    await post('runs/set-tag', { run_id, key: 'mlflow.runName', value: 'by tag' });
    expect((await info(run_id))['run_name']).toBe('by tag');
    await post('runs/update', { run_id, run_name: 'by update' });
    expect((await tags(run_id))['mlflow.runName']).toBe('by update');
    await post('runs/log-batch', { run_id, tags: [{ key: 'mlflow.runName', value: 'by batch' }] });
    expect((await info(run_id))['run_name']).toBe('by batch');
  });

  it('mlflow.runName names a new run, which gets a random name without it, and cannot contradict run_name', async () => {
    const named = await tracking().createRun({ tags: [{ key: 'mlflow.runName', value: 'tagged' }] });
    expect((await info(named))['run_name']).toBe('tagged');
    const nameless = await tracking().createRun();
    expect((await info(nameless))['run_name']).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    const both = { experiment_id: '0', run_name: 'a', tags: [{ key: 'mlflow.runName', value: 'b' }] };
    expect(await refusal('runs/create', both)).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  it('mlflow.user is kept beside user_id, which does not follow it', async () => {
    const run_id = await tracking().createRun({ user_id: 'ada', tags: [{ key: 'mlflow.user', value: 'grace' }] });
    expect([(await info(run_id))['user_id'], (await tags(run_id))['mlflow.user']]).toEqual(['ada', 'grace']);
    await post('runs/set-tag', { run_id, key: 'mlflow.user', value: 'joan' });
    expect([(await info(run_id))['user_id'], (await tags(run_id))['mlflow.user']]).toEqual(['ada', 'joan']);
  });

  it('mlflow.user is the user when no other is said, and the token’s owner without either (MLflow: nobody)', async () => {
    const tagged = await tracking().createRun({ tags: [{ key: 'mlflow.user', value: 'grace' }] });
    expect((await info(tagged))['user_id']).toBe('grace');
    const silent = await info(await tracking().createRun());
    expect(String(silent['user_id'])).not.toBe('');
  });

  it('mlflow.note.content is the description of runs and experiments, in Markdown, and can be emptied', async () => {
    const note = '# Notes\n\n**bold** & <b>not HTML</b> 猫';
    const run_id = await tracking().createRun({ tags: [{ key: 'mlflow.note.content', value: note }] });
    expect((await tags(run_id))['mlflow.note.content']).toBe(note);
    await post('runs/set-tag', { run_id, key: 'mlflow.note.content', value: '' });
    expect((await tags(run_id))['mlflow.note.content']).toBe('');
    const experiment_id = await tracking().createExperiment();
    await post('experiments/set-experiment-tag', { experiment_id, key: 'mlflow.note.content', value: note });
    const { body } = await tracking().get('experiments/get', { experiment_id });
    expect((body['experiment'] as { tags: object[] }).tags).toEqual([{ key: 'mlflow.note.content', value: note }]);
  });

  it('mlflow.parentRunId makes a run nested: its parent need not be there, and searching by it finds the children', async () => {
    const experiment_id = await tracking().createExperiment();
    const parent = await tracking().createRun({ experiment_id });
    const nested = (id: string, start_time: number): Promise<string> =>
      tracking().createRun({ experiment_id, start_time, tags: [{ key: 'mlflow.parentRunId', value: id }] });
    const children = [await nested(parent, 1), await nested(parent, 2)];
    await nested('no such run', 3);
    const found = async (): Promise<unknown> => {
      const filter = `tags.mlflow.parentRunId = '${parent}'`;
      const order_by = ['attributes.start_time ASC'];
      const { runs } = await post('runs/search', { experiment_ids: [experiment_id], filter, order_by });
      return (runs as { info: { run_id: string } }[]).map(({ info: { run_id } }) => run_id);
    };
    expect(await found()).toEqual(children);
    await post('runs/delete', { run_id: parent });
    expect(await found()).toEqual(children);
  });
});
