import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('metrics/get-history', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'GET',
      path: 'metrics/get-history',
      idField: 'run_id',
      request: { metric_key: 'loss', max_results: '5' },
      required: 'metric_key',
      writes: false,
    },
    ofRuns,
  );

  const points = Array.from({ length: 7 }, (_, index) => ({
    key: 'loss',
    value: index === 3 ? 'NaN' : index / 3,
    timestamp: 1000 + index,
    step: 7 - index,
  }));

  async function logged(): Promise<string> {
    const run_id = await mine().createRun();
    await mine().post('runs/log-batch', { run_id, metrics: points });
    return run_id;
  }

  it('gives all points by time when no page size is said', async () => {
    const { body } = await mine().get('metrics/get-history', { run_id: await logged(), metric_key: 'loss' });
    expect(body).toEqual({ metrics: points });
  });

  it('pages through every point once', async () => {
    const query = { run_id: await logged(), metric_key: 'loss', max_results: '3' };
    const found: unknown[] = [];
    const sizes: number[] = [];
    let token: Record<string, string> = {};
    do {
      const { body } = await mine().get('metrics/get-history', { ...query, ...token });
      const metrics = body['metrics'] as unknown[];
      sizes.push(metrics.length);
      found.push(...metrics);
      const next = body['next_page_token'] as string | undefined;
      token = next === undefined ? {} : { page_token: next };
    } while ('page_token' in token);
    expect([sizes, found]).toEqual([[3, 3, 1], points]);
  });

  it('answers an empty object for a metric that was never logged', async () => {
    const answer = await mine().get('metrics/get-history', { run_id: ofRuns().id, metric_key: 'none' });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
  });

  it.each(['0', '-1', 'x'])('refuses max_results=%s', async (max_results) => {
    const answer = await mine().get('metrics/get-history', { run_id: ofRuns().id, metric_key: 'loss', max_results });
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});
