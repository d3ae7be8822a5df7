import type { Scenario, Step } from '../step';

interface NewRun {
  readonly name: string;
  readonly metrics?: readonly (readonly [string, number])[];
  readonly params?: readonly (readonly [string, string])[];
  readonly tags?: readonly (readonly [string, string])[];
}

const fleet: readonly NewRun[] = [
  {
    name: 'one',
    metrics: [
      ['acc', 0.9],
      ['m k', 1],
    ],
    params: [
      ['lr', '0.1'],
      ['P-1', 'x'],
    ],
    tags: [['team', 'red']],
  },
  { name: 'two', metrics: [['acc', 0.5]], params: [['lr', '0.01']], tags: [['team', 'Red']] },
  { name: 'three', metrics: [['acc', 0.7]], params: [['lr', '0.1']] },
  { name: 'four', metrics: [['loss', 3]], tags: [['team', 'blue']] },
];

function made({ name, metrics = [], params = [], tags = [] }: NewRun, index: number): Step[] {
  const pairs = (entries: readonly (readonly [string, string])[]): object[] =>
    entries.map(([key, value]) => ({ key, value }));
  return [
    {
      name: `the run ${name}`,
      path: 'runs/create',
      body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 1000 + index, run_name: name },
      keep: { [`run${index}`]: 'run.info.run_id' },
    },
    {
      name: `what ${name} has`,
      path: 'runs/log-batch',
      body: {
        run_id: `{{run${index}}}`,
        metrics: metrics.map(([key, value]) => ({ key, value, timestamp: 1, step: 0 })),
        params: pairs(params),
        tags: pairs(tags),
      },
    },
  ];
}

const filters: readonly string[] = [
  'metrics.acc > 0.6',
  'metric.acc >= 0.7 and metrics.acc <= 0.9',
  'metrics.`m k` = 1',
  'metrics."m k" = 1',
  "params.lr = '0.1'",
  "params.lr != '0.1'",
  "params.lr LIKE '0.%'",
  "parameters.`P-1` = 'x'",
  "param.lr ILIKE '0.1'",
  "tags.team = 'red'",
  "tags.team ILIKE 'red'",
  "tags.team LIKE 'r%'",
  "tag.team != 'red'",
  'tags.team IS NULL',
  'tags.team IS NOT NULL',
  'params.lr IS NULL',
  "attributes.run_name = 'one'",
  "run_name LIKE '%o%'",
  "attribute.`Run name` = 'two'",
  "attributes.status = 'RUNNING'",
  "status != 'FINISHED'",
  'attributes.start_time >= 1002',
  'start_time < 1002',
  "attributes.run_id = '{{run0}}'",
  "attributes.run_id IN ('{{run0}}', '{{run1}}')",
  "run_id NOT IN ('{{run0}}')",
  "user_id = 'u'",
  "attributes.user_id LIKE 'u%'",
  "tags.mlflow.runName = 'one'",
  "tags.`mlflow.runName` IN ('one')",
  "metrics.acc > 0.6 AND params.lr = '0.1' AND tags.team = 'red'",
  '',
  ' ',
  // refused
  'metrics.acc >',
  "metrics.acc = 'high'",
  'metrics.acc',
  'params.lr = 0.1',
  "tags.team > 'red'",
  "nonsense.a = 'b'",
  "attributes.nonsense = 'b'",
  "attributes.start_time = 'x'",
  'attributes.status LIKE 1',
  'run_id IN ()',
  "run_id IN ('a',",
  'metrics.acc == 1',
  'metrics.acc IN (1)',
  "'a' = 'b'",
  'metrics.acc > 1; DROP TABLE runs',
  "dataset.name = 'x'",
  "datasets.nonsense = 'x'",
  'metrics.acc > 0.6,',
  'metrics.acc IS NULL',
];
const orders: readonly (readonly string[])[] = [
  ['metrics.acc DESC'],
  ['metrics.acc ASC'],
  ['metrics.`m k`'],
  ['params.lr ASC', 'attributes.start_time ASC'],
  ['tags.team DESC', 'start_time'],
  ['attributes.run_name'],
  ['run_name desc'],
  ['start_time DESC'],
  ['attribute.end_time ASC', 'attributes.start_time DESC'],
  ['attributes.status', 'attributes.start_time'],
  ['nonsense'],
  ['metrics.acc UP'],
  ['metrics.acc DESC, params.lr'],
  ['dataset.name'],
  [''],
];

const search = (name: string, fields: object, keep?: Step['keep']): Step => ({
  name,
  path: 'runs/search',
  body: { experiment_ids: ['{{exp}}'], order_by: ['attributes.start_time ASC'], ...fields },
  ...(keep === undefined ? {} : { keep }),
});

/** The language of `runs/search`. */
export const runSearch: Scenario = {
  title: 'searching runs',
  steps: [
    { name: 'an experiment', path: 'experiments/create', body: { name: 'search' }, keep: { exp: 'experiment_id' } },
    ...fleet.flatMap(made),
    { name: 'one deleted', path: 'runs/delete', body: { run_id: '{{run3}}' } },
    ...filters.map((filter) => search(`filter ${filter}`, { filter })),
    ...orders.map((order_by) => search(`order ${order_by.join(' then ')}`, { order_by })),
    search('newest first', { order_by: [] }),
    search('deleted runs', { run_view_type: 'DELETED_ONLY' }),
    search('all runs', { run_view_type: 'ALL' }),
    search('no experiments', { experiment_ids: [] }),
    search('an unknown experiment', { experiment_ids: ['99999'] }),
    search('an experiment that is no number', { experiment_ids: ['abc'] }),
    search('two experiments', { experiment_ids: ['{{exp}}', '99999'] }),
    search('page one', { max_results: 2 }, { next: 'next_page_token' }),
    search('page two', { max_results: 2, page_token: '{{next}}' }),
    search('a token that is none', { page_token: 'garbage' }),
    search('max_results 0', { max_results: 0 }),
    search('max_results -1', { max_results: -1 }),
    search('max_results 50,001', { max_results: 50_001 }),
  ],
};
