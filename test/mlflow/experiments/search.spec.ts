import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';
import type { Answer } from '../support';

function names({ body }: Answer): string[] {
  const experiments = (body['experiments'] ?? []) as { name: string }[];
  return experiments.map(({ name }) => name);
}

describe('experiments/search', () => {
  const { mine, ofExperiments } = twoProjects();
  describe.each(['GET', 'POST'] as const)('by %s', (method) => {
    itRefusesWhatAllRefuse(
      {
        method,
        path: 'experiments/search',
        request: { max_results: '10' },
        required: 'max_results',
        writes: false,
      },
      ofExperiments,
    );
  });

  it('finds by name and tags in the order asked for, and pages', async () => {
    for (const name of ['s-1', 's-2', 's-3']) await mine().createExperiment(name);
    const query = { filter: "name LIKE 's-%'", order_by: ['name DESC'], max_results: 2 };
    const first = await mine().post('experiments/search', query);
    expect(names(first)).toEqual(['s-3', 's-2']);
    const page_token = first.body['next_page_token'];
    const second = await mine().post('experiments/search', { ...query, page_token });
    expect(names(second)).toEqual(['s-1']);
    expect(second.body).not.toHaveProperty('next_page_token');
    const byQuery = await mine().get('experiments/search', { ...query, max_results: '9', order_by: 'name' });
    expect(names(byQuery)).toEqual(['s-1', 's-2', 's-3']);
  });

  it('answers an empty object when nothing is found', async () => {
    const answer = await mine().post('experiments/search', { filter: "name = 'nothing'", max_results: 5 });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
  });

  it.each([
    ['ACTIVE_ONLY', ['v-live']],
    [2, ['v-gone']],
    ['ALL', ['v-gone', 'v-live']],
  ])('shows with the view %j %j', async (view_type, expected) => {
    const all = await mine().post('experiments/search', { filter: "name LIKE 'v-%'", max_results: 1, view_type: 3 });
    if (names(all).length === 0) {
      await mine().createExperiment('v-live');
      await mine().post('experiments/delete', { experiment_id: await mine().createExperiment('v-gone') });
    }
    const query = { filter: "name LIKE 'v-%'", order_by: ['name'], max_results: 9, view_type };
    expect(names(await mine().post('experiments/search', query))).toEqual(expected);
  });

  it.each([
    [{ max_results: 0 }, 'It must be a positive integer'],
    [{ max_results: -1 }, 'It must be a positive integer'],
    [{ max_results: 50_001 }, 'It must be at most 50000'],
    [{ max_results: 'ten' }, "for parameter 'max_results' supplied"],
    [{ max_results: 1, view_type: 'NONE' }, 'It must be one of ACTIVE_ONLY, DELETED_ONLY, ALL'],
    [{ max_results: 1, page_token: 'made up' }, 'page_token'],
    [{ max_results: 1, filter: 'name ==' }, ''],
    [{ max_results: 1, order_by: ['colour'] }, 'colour'],
  ])('refuses %j', async (body, message) => {
    const answer = await mine().post('experiments/search', body);
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });
});
