import fc from 'fast-check';
import { CandidateSearch } from '../../../src/candidates/search';
import type { CandidateQuery } from '../../../src/candidates';
import { asExperimentIid, asProjectId } from '../../../src/common';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import { expected, type Condition, type Question, type Sorting, type Where } from './reference';
import {
  branches,
  commits,
  metricNames as loggedNames,
  numbers,
  paramNames,
  statuses,
  storeTrials,
  tagNames,
  texts,
  throwTrials,
} from './trials';

const project = asProjectId(7);
const trials = throwTrials(400, [0, 1, 2]);
const runIds = trials.map(({ eid }) => eid.replaceAll('-', ''));
let db: TestDatabase;

/** Takes nearly nothing for rare, so that orders are walked although there are few candidates here. */
class WalkingSearch extends CandidateSearch {
  protected override fewest(): number {
    return 3;
  }

  protected override trial(): number {
    return 7;
  }
}

beforeAll(async () => {
  db = await createTestDatabase();
  await storeTrials(db.database, project, [{ iid: 0 }, { iid: 1 }, { iid: 2, deleted: true }, { iid: 3 }], trials);
  await db.database.query(
    {
      text: `UPDATE assay.projects SET settings = '{"primaryMetric": {"name": "loss", "direction": "minimize"}}' WHERE project_id = $1`,
    },
    [project],
  );
  await storeTrials(db.database, asProjectId(8), [{ iid: 0 }, { iid: 1 }], throwTrials(50, [0, 1], 2));
});

afterAll(() => db.drop());

const metricNames = [
  ...loggedNames,
  ...['latest', 'first', 'min', 'max', 'best'].map((ending) => `loss.${ending}`),
  'acc/top 1.min',
  'acc/top 1.best',
  'never.max',
];
const patterns = ['%', 'a%', '%b', '_', 'A_B', 'a\\%', '%日_', 'x%x', 'calm%', 'F%D'];
const comparators = ['=', '!=', '<', '<=', '>', '>='];
const equals = ['=', '!='];

function condition(
  kind: Condition['kind'],
  names: readonly string[],
  operators: readonly string[],
  values: readonly (number | string)[],
): fc.Arbitrary<Condition> {
  return fc.record({
    kind: fc.constant(kind),
    name: fc.constantFrom(...names),
    operator: fc.constantFrom(...operators),
    value: fc.constantFrom(...values),
  });
}

const likes = ['LIKE', 'ILIKE'];
const absences = ['IS NULL', 'IS NOT NULL'];
const textAttributes = ['run_id', 'run_name', 'status', 'user_id', 'artifact_uri'];
const attributeTexts = [
  'calm-hen-1',
  'a_b',
  ...statuses.map((status) => status.toUpperCase()),
  'ann',
  '',
  ...runIds.slice(0, 3),
];
const list = fc.array(fc.constantFrom(...runIds.slice(0, 20), 'iris', 'wine', 'train', 'nothing'), {
  minLength: 1,
  maxLength: 15,
});
const conditions = fc.oneof(
  { weight: 4, arbitrary: condition('metrics', metricNames, comparators, numbers.filter(Number.isFinite)) },
  { weight: 2, arbitrary: condition('params', paramNames, equals, texts) },
  condition('params', paramNames, likes, patterns),
  condition('tags', tagNames, equals, texts),
  condition('tags', tagNames, likes, patterns),
  condition('params', paramNames, absences, ['']),
  condition('tags', tagNames, absences, ['']),
  condition('attributes', textAttributes, equals, attributeTexts),
  condition('attributes', textAttributes, likes, [...patterns, 'mlflow-artifacts:/1/%', '%a%']),
  condition(
    'attributes',
    ['start_time', 'end_time'],
    comparators,
    [1_700_000_000_010, 1_700_000_001_001, 1_700_000_000_010.5, 1e300],
  ),
  condition('attributes', ['author', 'branch'], equals, ['ann', 'ci', ...branches]),
  condition('attributes', ['commit'], equals, [...commits, '4f2d9c1', '4F2D9C1B', '4f2d9c2']),
  condition('attributes', ['author', 'branch', 'commit'], likes, ['%', 't%', '4f2d9c1%', '%0']),
  condition('attributes', ['branch', 'commit', 'merge_request', 'parent_run_id'], absences, ['']),
  condition('attributes', ['merge_request'], equals, [41, 42, 43, 44, 42.5]),
  condition('attributes', ['parent_run_id', 'ancestor_run_id'], ['='], runIds.slice(0, 30)),
  condition('dataset', ['name', 'digest', 'context'], equals, ['iris', 'wine', 'train']),
  condition('dataset', ['name', 'digest', 'context'], likes, ['%i%', 'I%', 't____']),
  list.chain((value) =>
    fc.record({
      kind: fc.constant('attributes' as const),
      name: fc.constant('run_id'),
      operator: fc.constantFrom('IN', 'NOT IN'),
      value: fc.constant(value),
    }),
  ),
  list.chain((value) =>
    fc.record({
      kind: fc.constant('dataset' as const),
      name: fc.constantFrom('name', 'digest', 'context'),
      operator: fc.constantFrom('IN', 'NOT IN'),
      value: fc.constant(value),
    }),
  ),
);

function sorting(kind: Sorting['kind'], names: readonly string[]): fc.Arbitrary<Sorting> {
  return fc.record({ kind: fc.constant(kind), name: fc.constantFrom(...names), descending: fc.boolean() });
}

const sortings = fc.uniqueArray(
  fc.oneof(
    { weight: 3, arbitrary: sorting('metrics', metricNames) },
    sorting('params', paramNames),
    sorting('tags', tagNames),
    sorting('attributes', [...textAttributes, 'start_time', 'end_time', 'author', 'branch', 'commit']),
  ),
  { maxLength: 4, selector: ({ kind, name }) => `${kind} ${name}` },
);

const { where: wheres } = fc.letrec<{ where: Where }>((tie) => ({
  where: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: conditions },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), term: tie('where') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        terms: fc.array(tie('where'), { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
}));
const everything: Where = { kind: 'and', terms: [] };

const questions: fc.Arbitrary<Question> = fc.record({
  experiments: fc.oneof(fc.constantFrom('all' as const, [0], [0, 1]), fc.subarray([0, 1, 2, 3, 99], { minLength: 0 })),
  deletedExperiments: fc.constant([2]),
  view: fc.constantFrom('active' as const, 'active' as const, 'deleted' as const, 'all' as const),
  where: fc.oneof(
    fc.constant(everything),
    fc.array(conditions, { minLength: 1, maxLength: 3 }).map((terms) => ({ kind: 'and' as const, terms })),
    { weight: 2, arbitrary: wheres },
  ),
  sortings,
  primary: fc.constant({ name: 'loss', direction: 'minimize' as const }),
});

function quoteText(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

function print(where: Where): string {
  if (where.kind === 'not') return `NOT (${print(where.term)})`;
  if (!('terms' in where)) return printCondition(where);
  return where.terms.map((term) => ('terms' in term ? `(${print(term)})` : print(term))).join(` ${where.kind} `);
}

function printCondition({ kind, name, operator, value }: Condition): string {
  const column = `${kind}.\`${name}\``;
  if (operator.startsWith('IS')) return `${column} ${operator}`;
  if (typeof value === 'number') return `${column} ${operator} ${value.toString().replace('e+', 'e')}`;
  return `${column} ${operator} ${typeof value === 'string' ? quoteText(value) : `(${(value ?? []).map(quoteText).join(', ')})`}`;
}

function asQuery(question: Question, limit: number): CandidateQuery {
  return {
    experiments: question.experiments === 'all' ? 'all' : question.experiments.map(asExperimentIid),
    filter: print(question.where),
    orderBy: question.sortings.map(
      ({ kind, name, descending }) => `${kind}.\`${name}\` ${descending ? 'DESC' : 'ASC'}`,
    ),
    view: question.view,
    limit,
  };
}

async function walk(search: CandidateSearch, query: CandidateQuery): Promise<number[]> {
  const found: number[] = [];
  let pageToken: string | undefined;
  do {
    const page = await search.page(project, { ...query, ...(pageToken === undefined ? {} : { pageToken }) });
    expect(page.iids.length).toBeLessThanOrEqual(query.limit);
    if (page.nextPageToken !== undefined) expect(page.iids).toHaveLength(query.limit);
    found.push(...page.iids);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}

describe('a search', () => {
  it('walked page by page answers what plain code does, in its order, nothing twice and nothing left out', async () => {
    await fc.assert(
      fc.asyncProperty(questions, fc.integer({ min: 20, max: 150 }), fc.boolean(), async (question, limit, walking) => {
        const search = new (walking ? WalkingSearch : CandidateSearch)(db.database);
        expect(await walk(search, asQuery(question, limit))).toEqual(expected(trials, question));
      }),
      { numRuns: 150 },
    );
  }, 240_000);

  it('walked one by one passes every tie, NaN and absent value', async () => {
    for (const descending of [false, true]) {
      const question: Question = {
        experiments: [0, 1],
        deletedExperiments: [2],
        view: 'active',
        where: everything,
        sortings: [
          { kind: 'metrics', name: 'loss', descending },
          { kind: 'attributes', name: 'end_time', descending: !descending },
          { kind: 'params', name: 'lr', descending },
        ],
      };
      expect(await walk(new CandidateSearch(db.database), asQuery(question, 1))).toEqual(expected(trials, question));
    }
  });
});
