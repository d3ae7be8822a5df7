import type { CandidateQuery } from '../../../src/candidates';
import { CandidateSearch } from '../../../src/candidates/search';
import { asExperimentIid, asProjectId } from '../../../src/common';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import type { Trial } from './reference';
import { storeTrials } from './trials';

const project = asProjectId(7);
const sha = '4f2d9c1b7a6e5d4c3b2a19080706050403020100';
let db: TestDatabase;
let search: CandidateSearch;

function runId(iid: number): string {
  return String(iid).padStart(32, '0');
}

function trial(iid: number, part: Partial<Trial> & { parent?: number } = {}): Trial {
  const { parent, ...rest } = part;
  return {
    iid,
    eid: runId(iid).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    experiment: 1,
    name: `trial ${iid}`,
    status: 'finished',
    startedAt: 1_000 + iid,
    userName: 'ann',
    metrics: {},
    params: {},
    tags: parent === undefined ? {} : { 'mlflow.parentRunId': runId(parent) },
    inputs: [],
    deleted: false,
    ...rest,
  };
}

const trials = [
  trial(1, { metrics: { acc: [0.5, 0.9, 0.7] }, commit: sha, branch: 'main', createdBy: 'ada', endedAt: 5 }),
  trial(2, { metrics: { acc: [0.6, 0.65, 0.8], 'acc.min': 1 }, commit: '4f2d9c1aa', branch: 'tune', parent: 1 }),
  trial(3, { metrics: { acc: NaN, loss: [3, 1, 2] }, mergeRequests: [42], parent: 2, deleted: true }),
  trial(4, { experiment: 2, metrics: { acc: [NaN, 0.1] }, mergeRequests: [41, 42], parent: 3 }),
  trial(5, { experiment: 3, mergeRequests: [41], parent: 6 }),
  trial(6, { experiment: 3, parent: 5 }),
  trial(7, { experiment: 4, branch: 'main' }),
];

beforeAll(async () => {
  db = await createTestDatabase();
  const experiments = [{ iid: 1 }, { iid: 2 }, { iid: 3 }, { iid: 4, deleted: true }];
  await storeTrials(db.database, project, experiments, trials);
  await storeTrials(db.database, asProjectId(8), [{ iid: 1 }], [trial(1, { branch: 'main', mergeRequests: [42] })]);
  search = new CandidateSearch(db.database);
});

afterAll(() => db.drop());

async function found(part: Partial<CandidateQuery>): Promise<readonly number[]> {
  const query = {
    experiments: 'all' as const,
    orderBy: ['attributes.start_time'],
    view: 'active' as const,
    limit: 100,
  };
  return (await search.page(project, { ...query, ...part })).iids;
}

describe('over a whole project', () => {
  it('a search leaves out the candidates of deleted experiments, unless asked for', async () => {
    expect(await found({})).toEqual([1, 2, 4, 5, 6]);
    expect(await found({ view: 'deleted' })).toEqual([3, 7]);
    expect(await found({ view: 'all', filter: "branch = 'main'" })).toEqual([1, 7]);
  });

  it('a search finds what one over all experiments by their numbers does', async () => {
    const experiments = [1, 2, 3, 4].map(asExperimentIid);
    for (const orderBy of [[], ['metrics.acc DESC'], ['params.a'], ['metrics.acc.max']]) {
      expect(await found({ experiments, orderBy })).toEqual(await found({ orderBy }));
    }
  });

  it('a page token of one search is no use to the other', async () => {
    const query = { orderBy: [], view: 'active' as const, limit: 1 };
    const { nextPageToken = '' } = await search.page(project, { ...query, experiments: 'all' });
    const experiments = [1, 2, 3, 4].map(asExperimentIid);
    await expect(found({ ...query, experiments, pageToken: nextPageToken })).rejects.toMatchObject({
      field: 'page_token',
    });
  });
});

describe('a filter', () => {
  it.each<[string, number[]]>([
    ['metrics.acc.max > 0.85', [1]],
    ['metrics.acc.first < 0.55', [1]],
    ['metrics.acc.latest >= 0.8', [2]],
    ['metrics.`acc.max` = 0.1', [4]],
    ['metrics.acc.min = 1', [2]],
    ['metrics.loss.min = 1', []],
    ['metrics.nothing.max > 0', []],
    ['NOT metrics.acc.max > 0', [5, 6]],
    ['attributes.merge_request = 42', [4]],
    ['merge_request != 42', [4, 5]],
    ['NOT merge_request = 42', [1, 2, 5, 6]],
    ['merge_request IS NULL', [1, 2, 6]],
    ['merge_request = 42.5', []],
    [`commit = '${sha}'`, [1]],
    ["commit = '4F2D9C1'", [1, 2]],
    ["commit = '4f2d9c1b'", [1]],
    ["commit != '4f2d9c1b'", [2]],
    ["commit IN ('4f2d9c1b', '4f2d9c1aa')", [1, 2]],
    ["commit LIKE '4f2%'", [1, 2]],
    ["commit IS NULL AND NOT branch = 'main'", [4, 5, 6]],
    ["branch IN ('main', 'tune')", [1, 2]],
    ["author = 'ada'", [1]],
    ['parent_run_id IS NULL', [1]],
    [`attributes.parent_run_id = '${runId(3)}'`, [4]],
    [`attributes.ancestor_run_id = '${runId(1)}'`, [2, 4]],
    [`ancestor = '${runId(2)}' OR parent = '${runId(1)}'`, [2, 4]],
    [`ancestor = '${runId(5)}'`, [5, 6]],
    ["ancestor = 'nobody'", []],
    ['end_time > 1', [1]],
    ['NOT end_time > 1', [2, 4, 5, 6]],
    ['NOT (end_time > 1 OR merge_request IS NOT NULL)', [2, 6]],
  ])('%s', async (filter, iids) => {
    expect(await found({ filter })).toEqual(iids);
  });

  it.each(["commit = '4f2d9c'", "commit = 'main'", "commit IN ('4f2d9c1', 'x')"])('%s is refused', async (filter) => {
    await expect(found({ filter })).rejects.toMatchObject({ kind: 'invalid', field: 'filter' });
    await expect(found({ filter })).rejects.toThrow('has to be 7 to 64 hexadecimal digits');
  });

  it('by the best value follows the direction of the primary metric, and of no other', async () => {
    const settle = (direction: string): Promise<unknown> =>
      db.database.query({ text: `UPDATE assay.projects SET settings = $2::jsonb WHERE project_id = $1` }, [
        project,
        JSON.stringify({ primaryMetric: { name: 'acc', direction } }),
      ]);
    expect(await found({ filter: 'metrics.acc.best > 0' })).toEqual([]);
    await settle('maximize');
    expect(await found({ filter: 'metrics.acc.best >= 0.8' })).toEqual([1, 2]);
    await settle('minimize');
    expect(await found({ filter: 'metrics.acc.best >= 0.6' })).toEqual([2]);
    expect(await found({ filter: 'metrics.loss.best > 0', view: 'all' })).toEqual([]);
  });
});

describe('an order', () => {
  it.each<[string[], number[]]>([
    [['metrics.acc.max DESC'], [1, 2, 4, 3, 7, 6, 5]],
    [['metrics.acc.first'], [1, 2, 4, 3, 7, 6, 5]],
    [['metrics.acc.min DESC'], [2, 7, 6, 5, 4, 3, 1]],
    [
      ['attributes.branch', 'author DESC'],
      [7, 1, 2, 6, 5, 4, 3],
    ],
    [['commit DESC'], [1, 2, 7, 6, 5, 4, 3]],
  ])('by %j puts NaN, then what has no value, last', async (orderBy, iids) => {
    expect(await found({ orderBy, view: 'all' })).toEqual(iids);
  });
});
