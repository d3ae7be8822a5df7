import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';
import type { Answer, Run } from '../support';

function runs({ body }: Answer): Run[] {
  return (body['runs'] ?? []) as Run[];
}
function names(answer: Answer): unknown[] {
  return runs(answer).map(({ info }) => info['run_name']);
}

describe('runs/search', () => {
  const { mine, other, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'runs/search', request: { experiment_ids: ['0'], max_results: '5' }, writes: false },
    ofRuns,
  );

  let experiment: string;
  beforeAll(async () => {
    experiment = await mine().createExperiment('searched');
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      const run_id = await mine().createRun({ experiment_id: experiment, run_name: name, start_time: 1000 + index });
      await mine().post('runs/log-batch', {
        run_id,
        metrics: [{ key: 'acc', value: index / 10, timestamp: 1 }],
        params: [{ key: 'depth', value: String(index) }],
      });
    }
  });

  function search(fields: Record<string, unknown>): Promise<Answer> {
    return mine().post('runs/search', { experiment_ids: [experiment], ...fields });
  }

  it('finds whole runs by metric and param in the order asked for', async () => {
    const answer = await search({
      filter: "metrics.acc >= 0.1 AND params.depth != '9'",
      order_by: ['metrics.acc DESC'],
    });
    expect(names(answer)).toEqual(['three', 'two']);
    const [first] = runs(answer);
    expect(first).toEqual(await mine().run(first?.info['run_id'] as string));
  });

  it('pages, newest first unless told', async () => {
    const first = await search({ max_results: 2 });
    expect(names(first)).toEqual(['three', 'two']);
    const second = await search({ max_results: 2, page_token: first.body['next_page_token'] });
    expect(names(second)).toEqual(['one']);
    expect(second.body).not.toHaveProperty('next_page_token');
  });

  it('shows by run_view_type what is deleted', async () => {
    const run_id = await mine().createRun({ experiment_id: experiment, run_name: 'gone' });
    await mine().post('runs/delete', { run_id });
    expect(names(await search({}))).not.toContain('gone');
    expect(names(await search({ run_view_type: 'DELETED_ONLY' }))).toEqual(['gone']);
    expect(names(await search({ run_view_type: 3 }))).toHaveLength(4);
  });

  it.each([[[]], [['99999']], [undefined]])('finds nothing in the experiments %j', async (experiment_ids) => {
    const answer = await mine().post('runs/search', { experiment_ids });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
  });

  it("does not find another project's runs by its experiment's number", async () => {
    const theirs = await other().createExperiment();
    await other().createRun({ experiment_id: theirs });
    expect((await mine().post('runs/search', { experiment_ids: [theirs] })).text).toBe('{}');
  });

  it.each([
    [{ filter: 'metrics.acc >' }, ''],
    [{ filter: 'nonsense' }, ''],
    [{ order_by: ['metrics.acc SIDEWAYS'] }, ''],
    [{ max_results: 0 }, 'It must be a positive integer'],
    [{ max_results: 50_001 }, 'It must be at most 50000'],
    [{ experiment_ids: ['abc'] }, "Invalid experiment ID 'abc'"],
    [{ experiment_ids: 'abc' }, "for parameter 'experiment_ids' supplied"],
    [{ run_view_type: 'SOME' }, 'ACTIVE_ONLY'],
    [{ page_token: '!' }, 'page_token'],
  ])('refuses %j', async (fields, message) => {
    const answer = await search(fields);
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });
});
