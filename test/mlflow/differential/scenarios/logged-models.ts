import type { Scenario, Step } from '../step';

const create = (name: string, fields: object, keep?: string): Step => ({
  name,
  path: 'logged-models',
  body: { experiment_id: '{{exp}}', ...fields },
  ...(keep === undefined ? {} : { keep: { [keep]: 'model.info.model_id' } }),
});
const get = (name: string, id: string, query: Step['query'] = []): Step => ({
  name,
  method: 'GET',
  path: `logged-models/${id}`,
  query,
});
const patch = (name: string, path: string, body: object): Step => ({
  name,
  method: 'PATCH',
  path: `logged-models/${path}`,
  body,
});
const remove = (name: string, path: string): Step => ({ name, method: 'DELETE', path: `logged-models/${path}` });
const params = (name: string, id: string, body: object): Step => ({ name, path: `logged-models/${id}/params`, body });
const unknown = `m-${'0'.repeat(32)}`;
const start: readonly Step[] = [
  {
    name: 'an experiment',
    path: 'experiments/create',
    body: { name: 'models {{scenario}}' },
    keep: { exp: 'experiment_id' },
  },
  {
    name: 'a run',
    path: 'runs/create',
    body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 1, run_name: 'r' },
    keep: { run: 'run.info.run_id' },
  },
  {
    name: 'a second run',
    path: 'runs/create',
    body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 2, run_name: 'r2' },
    keep: { run2: 'run.info.run_id' },
  },
];

/** Logged models from creation to deletion. */
export const loggedModels: Scenario = {
  title: 'logged models',
  steps: [
    ...start,
    create(
      'a model',
      {
        name: 'model',
        model_type: 'Agent',
        source_run_id: '{{run}}',
        params: [{ key: 'a', value: '1' }],
        tags: [{ key: 't', value: 'x' }],
      },
      'model',
    ),
    create('a plain model', { name: 'plain' }, 'plain'),
    create('a model to spoil', { name: 'scrap' }, 'scrap'),
    create('a name with a slash', { name: 'a/b' }),
    create('a name with a dot', { name: 'a.b' }),
    create('a model of nothing', { experiment_id: '99999', name: 'm' }),
    create('a model without experiment', { experiment_id: undefined, name: 'm' }),
    create('a model of a wrong type', { name: 3 }),
    create('params that are no list', { name: 'm', params: 'x' }),
    create('a param twice', {
      name: 'm',
      params: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    }),
    get('the model', '{{model}}'),
    get('the plain model', '{{plain}}'),
    get('an unknown model', unknown),
    get('an id that is none', 'zz'),
    patch('ready', '{{model}}', { model_id: '{{model}}', status: 'LOGGED_MODEL_READY' }),
    patch('failed, by number', '{{plain}}', { model_id: '{{plain}}', status: 3 }),
    patch('a status that is none', '{{scrap}}', { model_id: '{{scrap}}', status: 'DONE' }),
    patch('no status', '{{plain}}', { model_id: '{{plain}}' }),
    patch('the id in the path alone', '{{scrap}}', { status: 2 }),
    patch('finalize an unknown one', unknown, { model_id: unknown, status: 2 }),
    patch('tags', '{{model}}/tags', {
      model_id: '{{model}}',
      tags: [
        { key: 't', value: 'y' },
        { key: 'u', value: 'z' },
      ],
    }),
    patch('a tag twice', '{{model}}/tags', {
      model_id: '{{model}}',
      tags: [
        { key: 'w', value: '1' },
        { key: 'w', value: '2' },
      ],
    }),
    patch('no tags', '{{model}}/tags', { model_id: '{{model}}' }),
    patch('tags of an unknown one', `${unknown}/tags`, { tags: [{ key: 't', value: 'y' }] }),
    remove('a tag deleted', '{{model}}/tags/u'),
    remove('a tag deleted again', '{{model}}/tags/u'),
    remove('a tag of an unknown one', `${unknown}/tags/u`),
    params('params', '{{model}}', { model_id: '{{model}}', params: [{ key: 'b', value: '2' }] }),
    params('no params', '{{model}}', { model_id: '{{model}}' }),
    params('params of an unknown one', unknown, { model_id: unknown, params: [{ key: 'b', value: '2' }] }),
    params('a param again', '{{model}}', { model_id: '{{model}}', params: [{ key: 'b', value: '2' }] }),
    get('the model after it all', '{{model}}'),
    {
      name: 'a metric of the model',
      path: 'runs/log-metric',
      body: {
        run_id: '{{run}}',
        key: 'acc',
        value: 0.5,
        timestamp: 3,
        step: 1,
        model_id: '{{model}}',
        dataset_name: 'd',
        dataset_digest: '1',
      },
    },
    {
      name: 'metrics in a batch',
      path: 'runs/log-batch',
      body: { run_id: '{{run2}}', metrics: [{ key: 'acc', value: 0.7, timestamp: 4, step: 0, model_id: '{{model}}' }] },
    },
    {
      name: 'a metric of an unknown model',
      path: 'runs/log-metric',
      body: { run_id: '{{run}}', key: 'acc', value: 0.5, timestamp: 3, step: 9, model_id: unknown },
    },
    get('the model with its metrics', '{{model}}'),
    { name: 'the run with a model’s metric', method: 'GET', path: 'runs/get', query: [['run_id', '{{run}}']] },
    {
      name: 'outputs',
      path: 'runs/outputs',
      body: { run_id: '{{run}}', models: [{ model_id: '{{model}}', step: 3 }, { model_id: '{{plain}}' }] },
    },
    {
      name: 'outputs again',
      path: 'runs/outputs',
      body: { run_id: '{{run}}', models: [{ model_id: '{{model}}', step: 3 }] },
    },
    { name: 'outputs of nothing', path: 'runs/outputs', body: { run_id: '{{run}}' } },
    {
      name: 'outputs of an unknown run',
      path: 'runs/outputs',
      body: { run_id: '0'.repeat(32), models: [{ model_id: '{{model}}', step: 3 }] },
    },
    {
      name: 'model inputs',
      path: 'runs/log-inputs',
      body: { run_id: '{{run2}}', models: [{ model_id: '{{model}}' }] },
    },
    { name: 'the run with outputs', method: 'GET', path: 'runs/get', query: [['run_id', '{{run}}']] },
    { name: 'the run with model inputs', method: 'GET', path: 'runs/get', query: [['run_id', '{{run2}}']] },
    { name: 'the files of a model', method: 'GET', path: 'logged-models/{{model}}/artifacts/directories' },
    {
      name: 'the files of a folder of a model',
      method: 'GET',
      path: 'logged-models/{{model}}/artifacts/directories',
      query: [['artifact_directory_path', 'x']],
    },
    {
      name: 'a folder that leads out',
      method: 'GET',
      path: 'logged-models/{{model}}/artifacts/directories',
      query: [['artifact_directory_path', '../x']],
    },
    { name: 'the files of an unknown model', method: 'GET', path: `logged-models/${unknown}/artifacts/directories` },
    {
      name: 'a file without its path',
      method: 'GET',
      path: '/ajax-api/2.0/mlflow/logged-models/{{model}}/artifacts/files',
    },
    remove('deleted', '{{plain}}'),
    remove('deleted twice', '{{plain}}'),
    remove('delete an unknown one', unknown),
    get('what is deleted', '{{plain}}'),
    get('what is deleted, allowed', '{{plain}}', [['allow_deleted', 'true']]),
    patch('finalize what is deleted', '{{plain}}', { model_id: '{{plain}}', status: 2 }),
    patch('tag what is deleted', '{{plain}}/tags', { tags: [{ key: 't', value: 'y' }] }),
    params('params of what is deleted', '{{plain}}', { model_id: '{{plain}}', params: [{ key: 'z', value: '2' }] }),
    { name: 'an experiment deleted', path: 'experiments/delete', body: { experiment_id: '{{exp}}' } },
    create('a model of a deleted experiment', { name: 'm' }),
    get('a model of a deleted experiment, read', '{{model}}'),
  ],
};

interface Measured {
  readonly run?: 'run' | 'run2';
  readonly key?: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step?: number;
  readonly dataset_name?: string;
  readonly dataset_digest?: string;
}

function model(name: string, fields: object, points: readonly Measured[]): Step[] {
  return [
    create(`the model ${name}`, { name, ...fields }, name),
    ...points.map(({ run = 'run', ...point }, index) => ({
      name: `point ${index} of ${name}`,
      path: 'runs/log-metric',
      body: { run_id: `{{${run}}}`, key: 'acc', step: 0, ...point, model_id: `{{${name}}}` },
    })),
  ];
}

const test1 = { dataset_name: 'test', dataset_digest: '1' };
const test2 = { dataset_name: 'test', dataset_digest: '2' };
const train = { dataset_name: 'train', dataset_digest: '1' };
const filters: readonly string[] = [
  "name = 'alpha'",
  "name LIKE '%a'",
  "name ILIKE 'ALPHA'",
  "name IN ('alpha', 'beta')",
  "name NOT IN ('alpha')",
  "attributes.model_type = 'Agent'",
  "source_run_id = '{{run}}'",
  'metrics.acc > 0.6',
  'metrics.acc < 0.3',
  'metrics.`acc` >= 0.9',
  'metrics.nowhere > 0',
  "params.lr = '1'",
  "params.lr != '1'",
  "params.lr LIKE '1%'",
  "tags.team = 'red'",
  "tags.`team` IN ('red', 'blue')",
  "tags.team = 'red' AND metrics.acc > 0.1",
  'creation_timestamp > 0',
  'attributes.creation_time > 0',
  'last_updated_timestamp > 0',
  "nonsense = 'x'",
  "nonsense.x = 'x'",
  'metric.acc > 1',
  "name > 'x'",
  'name =',
  "metrics.acc > 'x'",
  "metrics.acc LIKE 'x'",
  'name',
];
interface OrderBy {
  readonly field_name?: string;
  readonly ascending?: boolean;
  readonly dataset_name?: string;
  readonly dataset_digest?: string;
}
const order = (field_name: string, more: OrderBy = {}): OrderBy => ({ field_name, ascending: true, ...more });
const orders: readonly (readonly OrderBy[])[] = [
  [order('metrics.acc', { ascending: false })],
  [order('metrics.acc')],
  [order('metrics.acc', test1)],
  [order('metrics.acc', { ascending: false, ...test1 })],
  [order('metrics.acc', { dataset_name: 'test' })],
  [order('metrics.acc', { dataset_name: 'train', dataset_digest: '9' })],
  [order('metrics.acc', { dataset_name: 'test', dataset_digest: '2' }), order('name', { ascending: false })],
  [order('metrics.acc', train), order('metrics.acc', test1)],
  [order('metrics.other', { ascending: false }), order('name')],
  [order('name')],
  [{ field_name: 'name' }],
  [order('name', { ascending: false })],
  [order('model_type'), order('name')],
  [order('creation_timestamp')],
  [order('creation_time', { ascending: false })],
  [order('last_updated_timestamp'), order('name')],
  [order('nonsense')],
  [order('params.lr')],
  [order('tags.team')],
  [{ ascending: true }],
];
/** Such as `metrics.acc DESC on test 1 then name`. */
function described({ field_name, ascending, dataset_name, dataset_digest }: OrderBy): string {
  const dataset = [dataset_name, dataset_digest].filter((text) => text !== undefined).join(' ');
  const direction = ascending === undefined ? ' (no direction)' : ascending ? '' : ' DESC';
  return `${field_name ?? 'nothing'}${direction}${dataset === '' ? '' : ` on ${dataset}`}`;
}
const search = (name: string, fields: object, keep?: Step['keep']): Step => ({
  name,
  path: 'logged-models/search',
  body: { experiment_ids: ['{{exp}}'], order_by: [{ field_name: 'name', ascending: true }], ...fields },
  ...(keep === undefined ? {} : { keep }),
});

/** The language of `logged-models/search`. */
export const loggedModelSearch: Scenario = {
  title: 'searching logged models',
  steps: [
    ...start,
    ...model(
      'alpha',
      {
        model_type: 'Agent',
        source_run_id: '{{run}}',
        params: [{ key: 'lr', value: '1' }],
        tags: [{ key: 'team', value: 'red' }],
      },
      [
        { value: 0.9, timestamp: 1, step: 5, ...test1 },
        { value: 0.2, timestamp: 2, step: 1, ...test1 },
        { value: 0.8, timestamp: 3, ...train },
        { value: 0.4, timestamp: 1, ...test2 },
      ],
    ),
    ...model('beta', { tags: [{ key: 'team', value: 'blue' }], params: [{ key: 'lr', value: '10' }] }, [
      { value: 0.5, timestamp: 2, step: 1, ...test1 },
      { value: 0.6, timestamp: 2, step: 2, ...test1 },
      { value: 0.1, timestamp: 9 },
      { key: 'other', value: 1, timestamp: 1 },
    ]),
    ...model('gamma', { model_type: 'Zebra' }, [
      { value: 0.7, timestamp: 1, ...train },
      { value: 0.3, timestamp: 1, run: 'run2', ...test2 },
    ]),
    ...model('delta', {}, []),
    ...filters.map((filter) => search(`models by ${filter}`, { filter })),
    ...orders.map((order_by) => search(`models in order of ${order_by.map(described).join(' then ')}`, { order_by })),
    search('models in no order', { order_by: [] }),
    search('models on a dataset', { datasets: [test1] }),
    search('models on either dataset', { datasets: [test2, train] }),
    search('models on a dataset without digest', { datasets: [{ dataset_name: 'test' }] }),
    search('models on a dataset with metric', { datasets: [test1], filter: 'metrics.acc > 0.55' }),
    search('models on a dataset with another metric', { datasets: [test1], filter: 'metrics.other > 0' }),
    search('models on a nameless dataset', { datasets: [{ dataset_digest: '1' }] }),
    search('models of no experiment', { experiment_ids: [] }),
    search('models of an unknown experiment', { experiment_ids: ['99999'] }),
    search('models of no number', { experiment_ids: ['abc'] }),
    search('the first page of models', { max_results: 3 }, { next: 'next_page_token' }),
    search('the second page of models', { max_results: 3, page_token: '{{next}}' }),
    search('the second page in another order', { max_results: 3, page_token: '{{next}}', order_by: [] }),
    search('models by a token that is none', { page_token: 'garbage' }),
    search('models, max_results 0', { max_results: 0 }),
    search('models, max_results -1', { max_results: -1 }),
  ],
};
