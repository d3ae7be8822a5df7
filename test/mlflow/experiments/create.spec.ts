import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('experiments/create', () => {
  const { mine, other, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'experiments/create', request: { name: 'common-cases' }, required: 'name', writes: true },
    ofExperiments,
  );

  it('answers 200 with the new id as text, and keeps what was sent', async () => {
    const tags = [{ key: 'team', value: 'vision' }];
    const answer = await mine().post('experiments/create', { name: 'sweep', artifact_location: 's3://b/x', tags });
    expect(answer.status).toBe(200);
    expect(answer.body['experiment_id']).toMatch(/^[1-9][0-9]*$/);
    const { body } = await mine().get('experiments/get', { experiment_id: answer.body['experiment_id'] as string });
    expect(body['experiment']).toMatchObject({ name: 'sweep', artifact_location: 's3://b/x', tags });
  });

  it('says 400 and RESOURCE_ALREADY_EXISTS for a name that is taken', async () => {
    await mine().createExperiment('taken');
    const answer = await mine().post('experiments/create', { name: 'taken' });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
    expect(answer.body['message']).toContain('already exists');
    expect((await other().post('experiments/create', { name: 'taken' })).status).toBe(200);
  });

  it.each([
    [{ name: 31 }, "Invalid value 31 for parameter 'name' supplied"],
    [{ name: 'x'.repeat(501) }, 'exceeds the maximum length of 500 characters'],
    [{ name: 'a', tags: 'x' }, 'Invalid value "x" for parameter \'tags\' supplied'],
    [{ name: 'a', tags: [{ value: '1' }] }, "Missing value for required parameter 'tags[0].key'."],
    [{ name: 'a', artifact_location: 'runs:/x/y' }, 'cannot be a runs:/ URI'],
    [{ name: 'a', artifact_location: `s3://${'x'.repeat(2048)}` }, 'exceeds the maximum length of 2048 characters'],
    [{ name: 'a', tags: [{ key: 'k', value: 'x'.repeat(20_001) }] }, 'exceeds the maximum length of 20000 characters'],
  ])('refuses %j', async (body, message) => {
    const answer = await mine().post('experiments/create', body);
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });

  it.each(['', 'not JSON', '[]', 'null', '"{}"'])('takes the body %j for an empty message', async (raw) => {
    const answer = await mine().post('experiments/create', undefined, {
      raw,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body['message']).toContain("Missing value for required parameter 'name'.");
  });

  it('takes a body without a content type, and one that is JSON within JSON', async () => {
    const bare = await mine().post('experiments/create', undefined, {
      raw: new TextEncoder().encode('{"name":"bare"}'),
    });
    expect(bare.status).toBe(200);
    const wrapped = await mine().post('experiments/create', JSON.stringify({ name: 'wrapped' }));
    expect(wrapped.status).toBe(200);
  });

  it('refuses a body beyond 1 MiB and says the limit', async () => {
    const answer = await mine().post('experiments/create', { name: 'a', tags: 'x'.repeat(1_100_000) });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
    expect(answer.body['message']).toContain('1048576 bytes');
  });

  it('keeps names of any script, and what looks like SQL, as they are', async () => {
    for (const name of ['Ω-Versuch 猫', "Robert'); DROP TABLE assay.experiments;--", '!42', ' spaced ']) {
      const id = await mine().createExperiment(name);
      const { body } = await mine().get('experiments/get-by-name', { experiment_name: name });
      expect(body['experiment']).toMatchObject({ experiment_id: id, name });
    }
  });
});
