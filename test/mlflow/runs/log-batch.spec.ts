import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

function many(count: number): { key: string; value: string }[] {
  return Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' }));
}
function points(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, step) => ({ key: 'loss', value: step / 7, timestamp: 1000 + step, step }));
}

describe('runs/log-batch', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/log-batch',
      idField: 'run_id',
      request: { metrics: [{ key: 'm', value: '1', timestamp: '5', step: '2' }], tags: [{ key: 'a', value: 'b' }] },
      writes: true,
    },
    ofRuns,
  );

  it('writes metrics, params and tags together', async () => {
    const run_id = await mine().createRun({ run_name: 'batch' });
    const metrics = [
      { key: 'acc', value: 0.5, timestamp: 5, step: 1 },
      { key: 'loss', value: 'NaN', timestamp: 5, step: 1 },
    ];
    const answer = await mine().post('runs/log-batch', {
      run_id,
      metrics,
      params: [{ key: 'depth', value: '3' }],
      tags: [{ key: 'team', value: 'vision' }],
    });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    expect((await mine().run(run_id)).data).toEqual({
      metrics,
      params: [{ key: 'depth', value: '3' }],
      tags: [
        { key: 'mlflow.runName', value: 'batch' },
        { key: 'team', value: 'vision' },
      ],
    });
  });

  it('takes 1,000 metrics, 100 params and 100 tags, but no more than 1,000 in all', async () => {
    const run_id = await mine().createRun();
    expect((await mine().post('runs/log-batch', { run_id, metrics: points(1000) })).status).toBe(200);
    expect((await mine().post('runs/log-batch', { run_id, params: many(100), tags: many(100) })).status).toBe(200);
    const { body } = await mine().get('metrics/get-history', { run_id, metric_key: 'loss' });
    expect(body['metrics']).toHaveLength(1000);
    for (const [fields, what] of [
      [{ metrics: points(1001) }, 'at most 1000 metrics. Got 1001 metrics.'],
      [{ params: many(101) }, 'at most 100 params. Got 101 params.'],
      [{ tags: many(101) }, 'at most 100 tags. Got 101 tags.'],
      [{ metrics: points(999), tags: many(2) }, 'at most 1000 metrics, params, and tags. Got 1001 metrics, params,'],
    ] as const) {
      const answer = await mine().post('runs/log-batch', { run_id, ...fields });
      expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      expect(answer.body['message']).toContain(`A batch logging request can contain ${what}`);
    }
  });

  it.each([
    [
      {
        params: [
          { key: 'new', value: '1' },
          { key: 'old', value: 'changed' },
        ],
      },
      'Changing param values is not allowed',
    ],
    [
      {
        metrics: [
          { key: 'm', value: 1, timestamp: 1 },
          { key: 'm', timestamp: 1 },
        ],
      },
      "'metrics[1].value'",
    ],
    [
      {
        metrics: [
          { key: 'm', value: 1, timestamp: 1 },
          { key: 'm', value: 1 },
        ],
      },
      "'metrics[1].timestamp'",
    ],
    [
      {
        metrics: [
          { key: 'm', value: 1, timestamp: 1 },
          { value: 1, timestamp: 1 },
        ],
      },
      "'metrics[1].key'",
    ],
    [
      {
        tags: [
          { key: 'a', value: '1' },
          { key: 'a$', value: '1' },
        ],
      },
      'tags[1]',
    ],
    [
      {
        params: [
          { key: 'a', value: '1' },
          { key: 'a', value: '1' },
        ],
      },
      "Duplicate parameter keys have been submitted: ['a']",
    ],
    [{ metrics: { key: 'm' } }, "for parameter 'metrics' supplied"],
  ])('writes nothing at all of %j', async (fields, message) => {
    const run_id = await mine().createRun();
    await mine().post('runs/log-parameter', { run_id, key: 'old', value: 'first' });
    const before = await mine().run(run_id);
    const answer = await mine().post('runs/log-batch', { run_id, tags: [{ key: 't', value: '1' }], ...fields });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
    expect(await mine().run(run_id)).toEqual(before);
  });

  it('changes the name with its tag', async () => {
    const run_id = await mine().createRun({ run_name: 'before' });
    await mine().post('runs/log-batch', { run_id, tags: [{ key: 'mlflow.runName', value: 'after' }] });
    const { info, data } = await mine().run(run_id);
    expect([info['run_name'], data.tags]).toEqual(['after', [{ key: 'mlflow.runName', value: 'after' }]]);
  });

  it('takes bodies beyond 1 MiB', async () => {
    const run_id = await mine().createRun();
    const params = many(100).map(({ key }) => ({ key, value: 'x'.repeat(12_000) }));
    expect((await mine().post('runs/log-batch', { run_id, params })).status).toBe(200);
  });
});
