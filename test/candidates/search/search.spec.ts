import type { CandidateQuery } from '../../../src/candidates';
import { CandidateSearch, maximalPage } from '../../../src/candidates/search';
import { asExperimentIid, asProjectId, encodePageToken } from '../../../src/common';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import type { Trial } from './reference';
import { storeTrials } from './trials';

const project = asProjectId(7);
const other = asProjectId(8);
let db: TestDatabase;
let search: CandidateSearch;

function trial(iid: number, part: Partial<Trial> = {}): Trial {
  const eid = `00000000-0000-4000-8000-${String(iid).padStart(12, '0')}`;
  const none = { metrics: {}, params: {}, tags: {}, inputs: [], deleted: false };
  return {
    iid,
    eid,
    experiment: 1,
    name: `trial ${iid}`,
    status: 'finished',
    startedAt: 1_000 + iid,
    userName: 'ann',
    ...none,
    ...part,
  };
}

const hostile = `x'; DROP TABLE assay.candidates; --`;
const trials = [
  trial(1, { metrics: { loss: 0.5 }, params: { lr: '0.1', optimizer: 'Adam' }, tags: { team: 'red' }, endedAt: 2_000 }),
  trial(2, { metrics: { loss: NaN }, params: { lr: '0.01', optimizer: 'adam' }, status: 'failed' }),
  trial(3, { metrics: { loss: Infinity }, params: { lr: '10' }, tags: { team: '100%' }, userName: 'Bob' }),
  trial(4, {
    metrics: { loss: -1, 'val/loss at 1': 3 },
    params: { path: 'C:\\data\\' },
    inputs: [{ name: 'iris', digest: 'a1', context: 'train' }],
  }),
  trial(5, {
    name: 'last',
    tags: { team: "it''s", quote: `say "hi"` },
    inputs: [{ name: 'wine', digest: 'b2' }],
    startedAt: 1_004,
  }),
  trial(6, { deleted: true, metrics: { loss: 0 } }),
  trial(7, { experiment: 2, metrics: { loss: 0.1 } }),
  trial(8, { experiment: 3, metrics: { loss: 7 }, params: { [hostile]: hostile } }),
];

beforeAll(async () => {
  db = await createTestDatabase();
  await storeTrials(db.database, project, [{ iid: 1 }, { iid: 2, deleted: true }, { iid: 3 }], trials);
  await storeTrials(db.database, other, [{ iid: 1 }], [trial(1, { metrics: { loss: 0.5 } })]);
  search = new CandidateSearch(db.database);
});

afterAll(() => db.drop());

function query(part: Partial<CandidateQuery> & { experiments?: CandidateQuery['experiments'] } = {}): CandidateQuery {
  return { experiments: [asExperimentIid(1)], orderBy: [], view: 'active', limit: 100, ...part };
}

async function found(part: Partial<CandidateQuery> = {}): Promise<readonly number[]> {
  return (await search.page(project, query(part))).iids;
}

async function matching(filter: string): Promise<number[]> {
  return [...(await found({ filter }))].sort((one, two) => one - two);
}

describe('without a filter', () => {
  it('answers the active candidates, newest first, then the higher number', async () => {
    expect(await found()).toEqual([5, 4, 3, 2, 1]);
  });

  it('answers deleted ones, or all, when asked', async () => {
    expect(await found({ view: 'deleted' })).toEqual([6]);
    expect(await found({ view: 'all' })).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('counts the candidates of a deleted experiment as deleted', async () => {
    const experiments = [1, 2, 3].map(asExperimentIid);
    expect(await found({ experiments })).toEqual([8, 5, 4, 3, 2, 1]);
    expect(await found({ experiments, view: 'deleted' })).toEqual([7, 6]);
  });

  it('answers nothing for no experiment, an unknown one, or one of another project', async () => {
    expect(await found({ experiments: [] })).toEqual([]);
    expect(await found({ experiments: [asExperimentIid(99)] })).toEqual([]);
    expect((await search.page(other, query({ experiments: [asExperimentIid(3)] }))).iids).toEqual([]);
    expect((await search.page(other, query())).iids).toEqual([1]);
  });
});

describe('a filter', () => {
  it.each<[string, number[]]>([
    ['metrics.loss > 0', [1, 3]],
    ['metrics.loss >= -1', [1, 3, 4]],
    ['metrics.loss < 0.5', [4]],
    ['metrics.loss <= 5e-1', [1, 4]],
    ['metrics.loss = 0.5', [1]],
    ['metrics.loss = 1e400', [3]],
    ['metrics.`val/loss at 1` = 3', [4]],
    ['metrics.unknown != 1', []],
    ["params.optimizer = 'adam'", [2]],
    ["params.optimizer ILIKE 'ADAM'", [1, 2]],
    ["params.optimizer LIKE 'A%'", [1]],
    ["params.lr LIKE '0._'", [1]],
    ["params.lr != '10'", [1, 2]],
    ['params.lr IS NULL', [4, 5]],
    ['params.lr IS NOT NULL', [1, 2, 3]],
    ["tags.team LIKE '100%' AND tags.team IS NOT NULL", [3]],
    ["attributes.run_id = '00000000000040008000000000000002'", [2]],
    ["run_id IN ('00000000000040008000000000000002', '00000000000040008000000000000003', 'no id')", [2, 3]],
    ["run_id NOT IN ('00000000000040008000000000000002', 'no id')", [1, 3, 4, 5]],
    ["run_id != 'no id'", [1, 2, 3, 4, 5]],
    ["run_id LIKE '%3'", [3]],
    ["run_name = 'last'", [5]],
    ["attributes.`Run name` ILIKE 'TRIAL%'", [1, 2, 3, 4]],
    ["status = 'FAILED'", [2]],
    ["status = 'failed'", []],
    ["status ILIKE 'fail%'", [2]],
    ["user_id = 'Bob'", [3]],
    ['start_time >= 1003', [3, 4, 5]],
    ['created < 1001.5', [1]],
    ['end_time > 0', [1]],
    ["artifact_uri = 'mlflow-artifacts:/1/00000000000040008000000000000001/artifacts'", [1]],
    ["dataset.name = 'iris'", [4]],
    ["dataset.digest IN ('a1', 'b2')", [4, 5]],
    ["datasets.context = 'train'", [4]],
    ["dataset.context != 'train'", []],
    ["metrics.loss > 0 AND params.lr = '0.1' AND tags.team = 'red'", [1]],
  ])('%s', async (filter, iids) => {
    expect(await matching(filter)).toEqual(iids);
  });

  it('finds NaN with != alone, as nothing equals it', async () => {
    expect(await matching('metrics.loss != 0.5')).toEqual([2, 3, 4]);
    expect(await matching('metrics.loss != 0.5 AND metrics.loss < 1e400')).toEqual([4]);
  });

  it('takes a backslash, in a pattern too, for a backslash', async () => {
    expect(await matching(`params.path LIKE 'C:\\data\\'`)).toEqual([4]);
    expect(await matching(`params.path LIKE '%\\'`)).toEqual([4]);
    expect(await matching(`tags.team LIKE '100\\%'`)).toEqual([]);
  });

  it('keeps doubled quotes as they stand', async () => {
    expect(await matching(`tags.team = 'it''s'`)).toEqual([5]);
    expect(await matching(`tags.quote = 'say "hi"'`)).toEqual([5]);
  });

  it.each([
    `params."${hostile}" = "${hostile}"`,
    `params.\`${hostile}\` LIKE "%${hostile}%"`,
    `params."${hostile}" IS NOT NULL AND metrics.loss > 0`,
  ])('never lets names and values be SQL: %s', async (filter) => {
    const orderBy = [`params.\`${hostile}\` DESC`, `metrics.\`${hostile}\``];
    expect(await found({ experiments: [asExperimentIid(3)], filter, orderBy })).toEqual([8]);
  });

  it('that is wrong is refused, and so are limits', async () => {
    await expect(found({ filter: 'metrics.loss >' })).rejects.toMatchObject({ kind: 'invalid', field: 'filter' });
    await expect(found({ orderBy: ['loss'] })).rejects.toMatchObject({ kind: 'invalid', field: 'order_by' });
    await expect(found({ orderBy: ['dataset.name'] })).rejects.toMatchObject({ kind: 'invalid', field: 'order_by' });
    for (const limit of [0, -1, 1.5, maximalPage + 1]) {
      await expect(found({ limit })).rejects.toMatchObject({ kind: 'invalid', field: 'max_results' });
    }
    expect(await found({ limit: maximalPage })).toHaveLength(5);
  });
});

describe('an order', () => {
  it.each<[string[], number[]]>([
    [['metrics.loss'], [4, 1, 3, 2, 5]],
    [['metrics.loss DESC'], [3, 1, 4, 2, 5]],
    [['metrics.unknown DESC'], [5, 4, 3, 2, 1]],
    [['params.lr'], [2, 1, 3, 5, 4]],
    [['params.lr DESC'], [3, 1, 2, 5, 4]],
    [['tags.team ASC'], [3, 5, 1, 4, 2]],
    [['start_time'], [1, 2, 3, 5, 4]],
    [
      ['attributes.end_time DESC', 'run_name'],
      [1, 5, 2, 3, 4],
    ],
    [
      ['user_id', 'start_time ASC'],
      [3, 1, 2, 5, 4],
    ],
    [
      ['status', 'run_id DESC'],
      [2, 5, 4, 3, 1],
    ],
  ])('by %j puts NaN, then what has no value, last', async (orderBy, iids) => {
    expect(await found({ orderBy })).toEqual(iids);
  });
});

describe('a page token', () => {
  async function token(part: Partial<CandidateQuery> = {}): Promise<string> {
    return (await search.page(project, query({ limit: 2, ...part }))).nextPageToken ?? '';
  }

  it('goes on where the page ended, also when candidates came meanwhile', async () => {
    const pageToken = await token();
    await storeTrials(db.database, project, [], [trial(100, { startedAt: 9_999 })]);
    try {
      expect(await found({ limit: 2, pageToken })).toEqual([3, 2]);
      expect(await found({ limit: 50, pageToken })).toEqual([3, 2, 1]);
    } finally {
      await db.database.query({ text: 'DELETE FROM assay.candidates WHERE project_id = $1 AND iid = 100' }, [project]);
    }
  });

  it('is not given out with the last page', async () => {
    expect((await search.page(project, query({ limit: 5 }))).nextPageToken).toBeUndefined();
    expect((await search.page(project, query({ limit: 4 }))).nextPageToken).toBeDefined();
  });

  it.each<[string, Partial<CandidateQuery>]>([
    ['filter', { filter: 'metrics.loss > 0' }],
    ['order', { orderBy: ['metrics.loss'] }],
    ['view', { view: 'all' }],
    ['list of experiments', { experiments: [1, 3].map(asExperimentIid) }],
  ])('of a search with another %s is refused', async (_what, part) => {
    const pageToken = await token();
    await expect(found({ ...part, pageToken })).rejects.toMatchObject({ kind: 'invalid', field: 'page_token' });
  });

  it('of another project is refused', async () => {
    const pageToken = await token();
    await expect(search.page(other, query({ pageToken }))).rejects.toMatchObject({
      kind: 'invalid',
      field: 'page_token',
    });
  });

  it('that is garbage is refused, whatever is in it', async () => {
    const [print] = JSON.parse(Buffer.from(await token(), 'base64url').toString()) as [string];
    const places: unknown[] = [
      1,
      [],
      [[0, '1']],
      [
        [0, 'x'],
        [0, '1'],
      ],
      [
        [0, '1.5'],
        [0, '1'],
      ],
      [
        [0, '1e300'],
        [0, '1'],
      ],
      [[3], [0, '1']],
      [
        [0, 1],
        [0, 1],
      ],
      [null, null],
    ];
    const tokens = [
      'garbage',
      '{}',
      encodePageToken(null),
      encodePageToken({}),
      encodePageToken(['x', []]),
      ...places.map((place) => encodePageToken([print, place])),
    ];
    for (const pageToken of tokens) {
      await expect(found({ pageToken })).rejects.toMatchObject({ kind: 'invalid', field: 'page_token' });
    }
  });
});
