import type { CandidateQuery } from '../../../src/candidates';
import { CandidateSearch } from '../../../src/candidates/search';
import { asExperimentIid, asProjectId } from '../../../src/common';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import { ListeningDatabase } from './listening-database';
import { seedSweep } from './sweep';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
}

const project = asProjectId(1);
let db: TestDatabase;
let database: ListeningDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  database = new ListeningDatabase(db.dataSource);
  await seedSweep(database, { project, experiment: 1, candidates: 10_000, from: 1 });
  await seedSweep(database, { project, experiment: 2, candidates: 1_000, from: 10_001 });
});

afterAll(() => db.drop());

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

async function plannedScans(part: Partial<CandidateQuery>): Promise<string[]> {
  const query = { experiments: [asExperimentIid(1)], orderBy: [], view: 'active' as const, limit: 100, ...part };
  const search = new CandidateSearch(database);
  let pageToken = '';
  const asked = await database.listen(async () => {
    pageToken = (await search.page(project, query)).nextPageToken ?? '';
  });
  if (pageToken !== '') asked.push(...(await database.listen(() => search.page(project, { ...query, pageToken }))));
  const scans: string[] = [];
  for (const [{ text }, values] of asked) {
    const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      { text: `EXPLAIN (FORMAT JSON) ${text}` },
      values,
    );
    if (row === undefined) throw new Error('EXPLAIN answers a row');
    for (const node of nodesOf(row['QUERY PLAN'][0].Plan)) {
      if (node['Relation Name'] !== undefined) scans.push(`${node['Node Type']} ${node['Relation Name']}`);
    }
  }
  return scans;
}

/** How many blocks of tables and indexes a page takes to find. */
async function blocksOf(query: CandidateQuery): Promise<number> {
  const asked = await database.listen(() => new CandidateSearch(database).page(project, query));
  let blocks = 0;
  for (const [{ text }, values] of asked) {
    const explain = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`;
    const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>({ text: explain }, values);
    const plan = row?.['QUERY PLAN'][0].Plan;
    blocks += (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
  }
  return blocks;
}

describe('a search over 10,000 candidates', () => {
  it.each<[string, Partial<CandidateQuery>]>([
    [
      'a metric and a param, ordered by the metric',
      { filter: "metrics.m0 > 0.2 AND params.p0 = 'v3'", orderBy: ['metrics.m0 DESC'] },
    ],
    [
      'the same over two experiments',
      {
        experiments: [1, 2].map(asExperimentIid),
        filter: "metrics.m0 > 0.2 AND params.p0 = 'v3'",
        orderBy: ['metrics.m0'],
      },
    ],
    ['another metric than the one of the order', { filter: 'metrics.m2 > 0.5', orderBy: ['metrics.m0'] }],
    ['the same, rarely met', { filter: 'metrics.m2 > 0.999', orderBy: ['metrics.m0'] }],
    ['a value that one candidate has', { filter: "params.p9 = 'v777'", orderBy: ['metrics.m0'] }],
    ['a tag that one candidate has', { filter: "tags.mlflow.runName = 'trial 77'" }],
    [
      'a metric or a param over the whole project',
      { experiments: 'all', filter: "metrics.m2 > 0.9 OR params.p0 = 'v3'", orderBy: ['metrics.m0 DESC'] },
    ],
    ['the highest value of a metric', { filter: 'metrics.m2.max > 0.9', orderBy: ['metrics.m2.max DESC'] }],
    ['an order by a param', { orderBy: ['params.p3 DESC'] }],
    ['the whole project, newest first', { experiments: 'all', filter: "NOT params.p0 = 'v3'" }],
    ['an order by a metric alone', { orderBy: ['metrics.m0 DESC'] }],
    ['no filter and no order', {}],
  ])('reads no table of metrics, params or tags whole: %s', async (_name, part) => {
    const scans = await plannedScans(part);
    expect(scans.filter((scan) => scan.startsWith('Index')).length).toBeGreaterThan(0);
    expect(
      scans.filter((scan) => /^Seq Scan (candidate_metrics|metric_points|candidate_params|candidate_tags)$/.test(scan)),
    ).toEqual([]);
  });

  it.each(['metrics.m0 DESC', 'metrics.m0 ASC', 'start_time DESC'])(
    'finds a late page by %s like the first one',
    async (order) => {
      const filter = "metrics.m0 > 0.1 AND params.p0 != 'v3'";
      const first = { experiments: [asExperimentIid(1)], filter, orderBy: [order], view: 'active' as const, limit: 20 };
      let late: CandidateQuery = first;
      for (let page = 1; page < 100; page += 1) {
        const { nextPageToken } = await new CandidateSearch(database).page(project, late);
        if (nextPageToken === undefined) throw new Error('There are 100 pages');
        late = { ...late, pageToken: nextPageToken };
      }
      expect(await blocksOf(late)).toBeLessThan(2 * (await blocksOf(first)));
    },
  );
});
