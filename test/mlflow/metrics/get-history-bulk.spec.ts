import { twoProjects } from '../scene';

interface Point {
  readonly run_id: string;
  readonly step: number;
}

describe('metrics/get-history-bulk and its interval', () => {
  const { mine, ofRuns } = twoProjects();
  let ids: string[];
  beforeAll(async () => {
    ids = [await mine().createRun(), await mine().createRun()].sort();
    for (const run_id of ids) {
      const metrics = Array.from({ length: 9 }, (_, step) => ({ key: 'm', value: step, timestamp: 1000 + step, step }));
      await mine().post('runs/log-batch', { run_id, metrics });
    }
  });

  it('gives each run its spread of points', async () => {
    const query = { run_ids: ids, metric_key: 'm', max_results: '3' };
    const { body } = await mine().get('metrics/get-history-bulk-interval', query);
    const found = (body['metrics'] as Point[]).map(({ run_id, step }) => [run_id, step]);
    expect(found).toEqual(ids.flatMap((id) => [0, 4, 8].map((step) => [id, step])));
  });

  it('gives the points between two steps', async () => {
    const query = { run_ids: ids[0] ?? '', metric_key: 'm', start_step: '2', end_step: '3' };
    const { body } = await mine().get('metrics/get-history-bulk-interval', query);
    expect(body['metrics']).toEqual([
      { key: 'm', value: 2, timestamp: 1002, step: 2, run_id: ids[0] },
      { key: 'm', value: 3, timestamp: 1003, step: 3, run_id: ids[0] },
    ]);
  });

  it('gives all points until the answer is full', async () => {
    const query = { run_id: ids, metric_key: 'm', max_results: '11' };
    const { body } = await mine().get('metrics/get-history-bulk', query);
    const found = (body['metrics'] as Point[]).map(({ run_id }) => run_id);
    expect(found).toEqual([...Array<string>(9).fill(ids[0] ?? ''), ...Array<string>(2).fill(ids[1] ?? '')]);
  });

  it.each([
    [{ metric_key: 'm' }, "Missing value for required parameter 'run_ids'."],
    [{ run_ids: 'a' }, "Missing value for required parameter 'metric_key'."],
    [{ run_ids: Array<string>(101).fill('a'), metric_key: 'm' }, 'at most 100 run_ids. Received 101.'],
    [{ run_ids: 'f'.repeat(32), metric_key: 'm', start_step: '1' }, 'both must be specified'],
    [{ run_ids: 'f'.repeat(32), metric_key: 'm', start_step: '2', end_step: '1' }, 'end_step must be greater'],
    [{ run_ids: 'f'.repeat(32), metric_key: 'm', max_results: '2501' }, 'max_results must be between 1 and 2500.'],
  ])('refuses %j', async (query, message) => {
    const answer = await mine().get('metrics/get-history-bulk-interval', query);
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });

  it.each(['metrics/get-history-bulk', 'metrics/get-history-bulk-interval'])(
    "%s does not find another project's run, and shows nothing to its token",
    async (endpoint) => {
      const { id, otherId, other } = ofRuns();
      const query = (run: string) => ({ run_id: run, run_ids: run, metric_key: 'm' });
      expect((await mine().get(endpoint, query(otherId))).status).toBe(404);
      expect((await mine().get(endpoint, query(id), { token: other.project.writer })).status).toBe(404);
      expect((await mine().get(endpoint, query(id), { token: null })).status).toBe(401);
    },
  );
});
