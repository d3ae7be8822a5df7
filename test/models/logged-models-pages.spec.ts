import { startTestServer, type TestServer, type Tracking } from '../mlflow/support';

interface Found {
  readonly info: { readonly name: string };
}

const values = [0.5, 0.5, 0.7, undefined, 'NaN', 0.1, undefined, '-Infinity', 0.5, 'Infinity', -0.25] as const;
const digits = 11;

/** Pages begin where the last one ended, so they must not repeat or leave out what is equal, absent or no number. */
describe('pages of logged models', () => {
  let server: TestServer;
  let mine: Tracking;

  async function create(name: string, fields: object = {}): Promise<string> {
    const { body } = await mine.post('logged-models', { experiment_id: '0', name, ...fields });
    return (body['model'] as { info: { model_id: string } }).info.model_id;
  }

  beforeAll(async () => {
    server = await startTestServer();
    mine = await server.project();
    const run_id = await mine.createRun();
    for (const [index, value] of values.entries()) {
      const model_id = await create(
        `model ${String(index).padStart(2, '0')}`,
        index % 3 === 0 ? {} : { model_type: 'x' },
      );
      if (value === undefined) continue;
      const point = { run_id, key: 'a/b c', value, model_id, dataset_name: 'd', dataset_digest: '1' };
      // The later point counts, though its step is the lower one.
      await mine.post('runs/log-metric', { ...point, timestamp: 2, step: 0 });
      await mine.post('runs/log-metric', { ...point, value: 99, timestamp: 1, step: 9 });
      await mine.post('runs/log-metric', { ...point, value: index, timestamp: 3, dataset_name: 'other' });
    }
  });

  afterAll(() => server.close());

  async function page(search: object): Promise<[string[], string | undefined]> {
    const { status, text, body } = await mine.post('logged-models/search', { experiment_ids: ['0'], ...search });
    if (status !== 200) throw new Error(text);
    const names = ((body['models'] ?? []) as Found[]).map(({ info }) => info.name);
    return [names, body['next_page_token'] as string | undefined];
  }

  async function pages(search: object, max_results: number): Promise<string[]> {
    const all: string[] = [];
    let page_token: string | undefined = '';
    while (page_token !== undefined) {
      const [names, next] = await page({ ...search, max_results, page_token });
      expect(names.length).toBeLessThanOrEqual(max_results);
      all.push(...names);
      page_token = next;
    }
    return all;
  }

  const metric = { field_name: 'metrics.a/b c', dataset_name: 'd' };
  it.each([
    [[]],
    [[{ field_name: 'name' }]],
    [[{ field_name: 'model_type', ascending: false }]],
    [[{ field_name: 'creation_timestamp' }]],
    [[metric]],
    [[{ ...metric, ascending: false }]],
    [[{ field_name: 'model_type' }, { ...metric, ascending: false }, { ...metric, dataset_name: 'other' }]],
  ])('hold each model once, in the order %j', async (order_by) => {
    const [whole] = await page({ order_by });
    expect([...whole].sort()).toEqual(
      Array.from({ length: digits }, (_, index) => `model ${String(index).padStart(2, '0')}`),
    );
    for (const size of [1, 2, 3, digits]) expect(await pages({ order_by }, size)).toEqual(whole);
  });

  it('order by the value, models without a number last in either direction', async () => {
    const numbers = values.map((value) => (value === undefined || value === 'NaN' ? undefined : Number(value)));
    for (const ascending of [true, false]) {
      const [names] = await page({ order_by: [{ ...metric, ascending }] });
      const found = names.map((name) => numbers[Number(name.slice(6))]);
      const known = numbers
        .filter((value) => value !== undefined)
        .sort((one, other) => (ascending ? one - other : other - one));
      expect(found).toEqual([...known, undefined, undefined, undefined]);
    }
  });

  it('are not shifted by a model that is made meanwhile', async () => {
    const other = await server.project();
    const made = async (name: string): Promise<unknown> => other.post('logged-models', { experiment_id: '0', name });
    for (const name of ['a', 'b', 'c']) await made(name);
    const search = async (page_token: string): Promise<[string[], string]> => {
      const request = { experiment_ids: ['0'], max_results: 2, page_token };
      const { body } = await other.post('logged-models/search', request);
      return [(body['models'] as Found[]).map(({ info }) => info.name), body['next_page_token'] as string];
    };
    const [first, next] = await search('');
    await made('d');
    expect([first, (await search(next))[0]]).toEqual([['c', 'b'], ['a']]);
  });

  it('belong to one search, and a token that was made up is refused', async () => {
    const [, token] = await page({ max_results: 1, order_by: [metric] });
    const forged = Buffer.from(JSON.stringify({ of: 'x', after: [] })).toString('base64url');
    for (const search of [
      { page_token: token },
      { page_token: token, order_by: [{ ...metric, ascending: false }] },
      { page_token: token, order_by: [metric], filter: "name = 'a'" },
      { page_token: token, order_by: [metric], datasets: [{ dataset_name: 'd' }] },
      { page_token: forged },
      { page_token: 'garbage' },
    ]) {
      const { status, body } = await mine.post('logged-models/search', { experiment_ids: ['0'], ...search });
      expect([status, body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    }
  });
});
