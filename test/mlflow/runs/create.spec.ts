import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';
import type { Run } from '../support';

describe('runs/create', () => {
  const { mine, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/create',
      idField: 'experiment_id',
      request: { start_time: '1700000000000', run_name: 'common-cases' },
      writes: true,
    },
    ofExperiments,
  );

  async function create(fields: Record<string, unknown>): Promise<Run> {
    const { body } = await mine().post('runs/create', { experiment_id: '0', ...fields });
    return body['run'] as Run;
  }

  it('answers the whole run, as get does', async () => {
    const tags = [{ key: 'mlflow.user', value: 'anna' }];
    const run = await create({ run_name: 'calm-otter', start_time: 1_700_000_000_000, tags });
    const id = run.info['run_id'] as string;
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(run).toEqual({
      info: {
        run_id: id,
        run_uuid: id,
        run_name: 'calm-otter',
        experiment_id: '0',
        user_id: 'anna',
        status: 'RUNNING',
        start_time: 1_700_000_000_000,
        artifact_uri: `mlflow-artifacts:/0/${id}/artifacts`,
        lifecycle_stage: 'active',
      },
      data: { tags: [{ key: 'mlflow.runName', value: 'calm-otter' }, ...tags] },
      inputs: {},
    });
    expect(await mine().run(id)).toEqual({
      ...run,
      data: { tags: expect.arrayContaining([...(run.data.tags ?? [])]) as unknown },
      outputs: {},
    });
  });

  it('invents a readable name, and keeps it in the tag as well', async () => {
    const run = await create({});
    expect(run.info['run_name']).toMatch(/^[a-z]+-[a-z]+-[0-9]+$/);
    expect(run.data.tags).toEqual([{ key: 'mlflow.runName', value: run.info['run_name'] }]);
    expect(run.info['start_time']).toBeGreaterThan(1_700_000_000_000);
  });

  it('takes the name from the tag', async () => {
    const run = await create({ tags: [{ key: 'mlflow.runName', value: 'tagged' }] });
    expect(run.info['run_name']).toBe('tagged');
  });

  it('refuses two different names', async () => {
    const answer = await mine().post('runs/create', {
      experiment_id: '0',
      run_name: 'a',
      tags: [{ key: 'mlflow.runName', value: 'b' }],
    });
    expect(answer.status).toBe(400);
    expect(answer.body['message']).toContain(
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values",
    );
  });

  it("puts artifacts below the experiment's own place", async () => {
    const { body } = await mine().post('experiments/create', { name: 'elsewhere', artifact_location: 's3://b/x/' });
    const run = await create({ experiment_id: body['experiment_id'] });
    expect(run.info['artifact_uri']).toBe(`s3://b/x/${String(run.info['run_id'])}/artifacts`);
  });

  it('names who started it: the tag, the field of old, or the owner of the token', async () => {
    expect((await create({ user_id: 'ben' })).info['user_id']).toBe('ben');
    expect((await create({})).info['user_id']).toMatch(/^project_[0-9]+_bot_/);
  });

  it.each([
    [{ start_time: 1.5 }, "for parameter 'start_time' supplied"],
    [{ run_name: 7 }, "Invalid value 7 for parameter 'run_name' supplied"],
    [{ tags: [{ key: 'a/../b', value: '' }] }, 'tags[0]'],
    [{ tags: [{ key: 'k', value: 'a\u0000b' }] }, "for parameter 'tags[0].value' supplied"],
    [{ experiment_id: 'abc' }, "Invalid experiment ID 'abc'"],
  ])('refuses %j', async (fields, message) => {
    const answer = await mine().post('runs/create', { experiment_id: '0', ...fields });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });
});
