import type { Scenario, Step } from '../step';

const long = (length: number): string => 'y'.repeat(length);
const metric = (name: string, fields: object): Step => ({
  name,
  path: 'runs/log-metric',
  body: { run_id: '{{run}}', key: 'm', value: 1, timestamp: 1, ...fields },
});
const param = (name: string, fields: object): Step => ({
  name,
  path: 'runs/log-parameter',
  body: { run_id: '{{run}}', key: 'p', value: '1', ...fields },
});
const tag = (name: string, fields: object): Step => ({
  name,
  path: 'runs/set-tag',
  body: { run_id: '{{run}}', key: 't', value: '1', ...fields },
});
const batch = (name: string, fields: object): Step => ({
  name,
  path: 'runs/log-batch',
  body: { run_id: '{{run}}', ...fields },
});
const get: Step = { name: 'what stands', method: 'GET', path: 'runs/get', query: [['run_id', '{{run}}']] };
const history = (name: string, key: string, more: Step['query'] = []): Step => ({
  name,
  method: 'GET',
  path: 'metrics/get-history',
  query: [['run_id', '{{run}}'], ['metric_key', key], ...more],
});
const create: Step[] = [
  {
    name: 'an experiment',
    path: 'experiments/create',
    body: { name: 'logging {{scenario}}' },
    keep: { exp: 'experiment_id' },
  },
  {
    name: 'a run',
    path: 'runs/create',
    body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 1, run_name: 'r' },
    keep: { run: 'run.info.run_id' },
  },
  // For what one server takes and the other refuses.
  {
    name: 'a run to spoil',
    path: 'runs/create',
    body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 1, run_name: 'scrap' },
    keep: { scrap: 'run.info.run_id' },
  },
];

/** Points of metrics and their history. */
export const metrics: Scenario = {
  title: 'metrics',
  steps: [
    ...create,
    metric('a point', { step: 3 }),
    metric('a point at an earlier step', { step: 1, value: 9, timestamp: 100 }),
    metric('a point at the same step, later', { step: 3, value: 2, timestamp: 5 }),
    metric('a point at the same step and time, smaller', { step: 3, value: 1.5, timestamp: 5 }),
    metric('the same point again', { step: 3, value: 2, timestamp: 5 }),
    { ...get, name: 'the latest point' },
    history('the whole history', 'm'),
    history('the history of nothing', 'never'),
    {
      name: 'the history of an unknown run',
      method: 'GET',
      path: 'metrics/get-history',
      query: [
        ['run_id', '0'.repeat(32)],
        ['metric_key', 'm'],
      ],
    },
    history('a page of history', 'm', [['max_results', '2']]),
    history('a page of no size', 'm', [['max_results', '0']]),
    history('a page of negative size', 'm', [['max_results', '-1']]),
    { name: 'history without key', method: 'GET', path: 'metrics/get-history', query: [['run_id', '{{run}}']] },
    { name: 'history without run', method: 'GET', path: 'metrics/get-history', query: [['metric_key', 'm']] },
    metric('value as text', { key: 'text', value: '0.5' }),
    metric('value with e', { key: 'exp', value: '1e-3' }),
    metric('value that is none', { key: 'word', value: 'high' }),
    metric('no value', { key: 'none', value: undefined }),
    metric('value null', { key: 'null', value: null }),
    metric('value true', { run_id: '{{scrap}}', value: true }),
    metric('a large value', { key: 'large', value: 1e300 }),
    metric('a small value', { key: 'small', value: 5e-324 }),
    metric('a whole value', { key: 'whole', value: 3 }),
    metric('no timestamp', { timestamp: undefined }),
    metric('a negative timestamp', { timestamp: -1 }),
    metric('timestamp as text', { key: 'times', timestamp: '1700000000001' }),
    metric('timestamp as 12.0', { key: 'times2', timestamp: '12', step: '4' }),
    metric('timestamp with a fraction', { run_id: '{{scrap}}', timestamp: 1.5 }),
    metric('step with a fraction', { run_id: '{{scrap}}', step: 0.5 }),
    metric('step as words', { step: 'one' }),
    metric('a negative step', { key: 'neg', step: -5 }),
    metric('no key', { key: undefined }),
    metric('an empty key', { key: '' }),
    metric('a key of 250', { key: long(250) }),
    metric('a key of 251', { key: long(251) }),
    metric('a key with slashes', { key: 'a/b/c' }),
    metric('a key that leads up', { key: '../a' }),
    metric('a key with a leading slash', { key: '/a' }),
    metric('a key with spaces, dots and dashes', { key: 'a b.c-d:e_f' }),
    metric('a key of other letters', { key: 'größe 大きさ' }),
    metric('a key with forbidden characters', { key: 'a;b' }),
    metric('a key with a star', { key: 'a*b' }),
    metric('an unknown run', { run_id: '0'.repeat(32) }),
    metric('no run', { run_id: undefined }),
    metric('a run by its name of old', { run_id: undefined, run_uuid: '{{run}}', key: 'old' }),
    { ...get, name: 'all that stands of metrics' },
  ],
};

/** Infinities and NaN, which JSON has no numbers for. */
export const numbers: Scenario = {
  title: 'numbers that JSON has not',
  steps: [
    ...create,
    ...['NaN', 'Infinity', '-Infinity'].map((value) =>
      metric(`value ${value}`, { key: value.replace('-', 'minus '), value }),
    ),
    { ...get, name: 'the values that JSON has not' },
    history('the history of infinity', 'Infinity'),
  ],
};

/** Params and tags. */
export const paramsAndTags: Scenario = {
  title: 'params and tags',
  steps: [
    ...create,
    param('a param', {}),
    param('the same param again', {}),
    param('another value', { value: '2' }),
    param('an empty value', { key: 'empty', value: '' }),
    param('no value', { key: 'novalue', value: undefined }),
    param('a number as value', { key: 'number', value: 3 }),
    param('a value of 6,000', { key: 'v6000', value: long(6000) }),
    param('a value of 6,001', { key: 'v6001', value: long(6001) }),
    param('the long value again', { key: 'v6001', value: long(6001) }),
    param('no key', { key: undefined }),
    param('a key of 251', { key: long(251) }),
    param('a key with forbidden characters', { key: 'a$b' }),
    param('an unknown run', { run_id: '0'.repeat(32) }),
    param('no run', { run_id: undefined }),
    tag('a tag', {}),
    tag('another value of the tag', { value: '2' }),
    tag('an empty tag', { key: 'empty', value: '' }),
    tag('a tag without value', { key: 'novalue', value: undefined }),
    tag('a tag of 8,000', { key: 'v8000', value: long(8000) }),
    tag('a tag of 8,001', { key: 'v8001', value: long(8001) }),
    tag('a tag without key', { key: undefined }),
    tag('a tag with a key of 251', { key: long(251) }),
    tag('the name by its tag', { key: 'mlflow.runName', value: 'named by tag' }),
    tag('the user by its tag', { key: 'mlflow.user', value: 'somebody' }),
    tag('a note', { key: 'mlflow.note.content', value: '**bold**' }),
    tag('a tag of an unknown run', { run_id: '0'.repeat(32) }),
    { name: 'a tag deleted', path: 'runs/delete-tag', body: { run_id: '{{run}}', key: 't' } },
    { name: 'a tag deleted again', path: 'runs/delete-tag', body: { run_id: '{{run}}', key: 't' } },
    { name: 'a tag deleted without key', path: 'runs/delete-tag', body: { run_id: '{{run}}' } },
    { name: 'a tag deleted of nothing', path: 'runs/delete-tag', body: { run_id: '0'.repeat(32), key: 't' } },
    { ...get, name: 'all params and tags' },
  ],
};

const many = (count: number, make: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Batches: all or nothing, with limits. */
export const batches: Scenario = {
  title: 'batches',
  steps: [
    ...create,
    batch('an empty batch', {}),
    batch('a batch of everything', {
      metrics: [
        { key: 'a', value: 1, timestamp: 1, step: 1 },
        { key: 'a', value: 2, timestamp: 2, step: 2 },
        { key: 'b', value: 'NaN', timestamp: 1 },
      ].slice(0, 2),
      params: [{ key: 'p', value: '1' }],
      tags: [
        { key: 't', value: '1' },
        { key: 'mlflow.runName', value: 'by batch' },
      ],
    }),
    batch('a batch repeated', {
      metrics: [{ key: 'a', value: 1, timestamp: 1, step: 1 }],
      params: [{ key: 'p', value: '1' }],
      tags: [{ key: 't', value: '1' }],
    }),
    batch('a param changed in a batch', {
      metrics: [{ key: 'no', value: 1, timestamp: 1 }],
      params: [{ key: 'p', value: '2' }],
      tags: [{ key: 'no', value: '1' }],
    }),
    batch('a key twice among params', {
      params: [
        { key: 'q', value: '1' },
        { key: 'q', value: '2' },
      ],
    }),
    batch('an equal param twice', {
      params: [
        { key: 'q', value: '1' },
        { key: 'q', value: '1' },
      ],
    }),
    batch('a tag twice', {
      tags: [
        { key: 'tt', value: '1' },
        { key: 'tt', value: '2' },
      ],
    }),
    batch('a point twice', {
      metrics: [
        { key: 'twice', value: 1, timestamp: 1 },
        { key: 'twice', value: 1, timestamp: 1 },
      ],
    }),
    batch('101 params', { params: many(101, (i) => ({ key: `p${i}`, value: '1' })) }),
    batch('101 tags', { tags: many(101, (i) => ({ key: `p${i}`, value: '1' })) }),
    batch('1,001 metrics', { metrics: many(1001, (i) => ({ key: 'x', value: 1, timestamp: 1, step: i })) }),
    batch('1,001 in all', {
      metrics: many(950, (i) => ({ key: 'x', value: 1, timestamp: 1, step: i })),
      params: many(51, (i) => ({ key: `pp${i}`, value: '1' })),
    }),
    batch('1,000 in all', {
      metrics: many(900, (i) => ({ key: 'x', value: i, timestamp: 1, step: i })),
      params: many(50, (i) => ({ key: `pp${i}`, value: '1' })),
      tags: many(50, (i) => ({ key: `tt${i}`, value: '1' })),
    }),
    batch('a metric without key', { metrics: [{ value: 1, timestamp: 1 }] }),
    batch('a metric without value', { metrics: [{ key: 'v', timestamp: 1 }] }),
    batch('a metric without timestamp', { metrics: [{ key: 'v', value: 1 }] }),
    batch('a param without key', { params: [{ value: '1' }] }),
    batch('a param without value', { params: [{ key: 'pv' }] }),
    batch('a tag without key', { tags: [{ value: '1' }] }),
    batch('metrics that are no list', { metrics: 'x' }),
    batch('a metric that is no object', { run_id: '{{scrap}}', metrics: ['x'] }),
    batch('no run', { run_id: undefined }),
    batch('an unknown run', { run_id: '0'.repeat(32), params: [{ key: 'a', value: '1' }] }),
    batch('an unknown run and nothing to log', { run_id: '0'.repeat(32) }),
    { ...get, name: 'all of the batches' },
    history('the history of a batch', 'twice'),
  ],
};
