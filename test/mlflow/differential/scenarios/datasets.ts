import type { Scenario, Step } from '../step';

const dataset = { name: 'iris', digest: 'd1', source_type: 'http', source: 'https://example.org/iris.csv' };
const inputs = (name: string, fields: object): Step => ({
  name,
  path: 'runs/log-inputs',
  body: { run_id: '{{run}}', ...fields },
});
const context = (value: string): object => ({ key: 'mlflow.data.context', value });
const find = (name: string, body: object): Step => ({
  name,
  path: '/ajax-api/2.0/mlflow/experiments/search-datasets',
  body,
});

/** Datasets of runs, and finding them. */
export const datasets: Scenario = {
  title: 'datasets',
  steps: [
    { name: 'an experiment', path: 'experiments/create', body: { name: 'datasets' }, keep: { exp: 'experiment_id' } },
    {
      name: 'another experiment',
      path: 'experiments/create',
      body: { name: 'datasets 2' },
      keep: { exp2: 'experiment_id' },
    },
    {
      name: 'a run',
      path: 'runs/create',
      body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 1, run_name: 'r' },
      keep: { run: 'run.info.run_id' },
    },
    {
      name: 'another run',
      path: 'runs/create',
      body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 2, run_name: 'r2' },
      keep: { run2: 'run.info.run_id' },
    },
    {
      name: 'a run elsewhere',
      path: 'runs/create',
      body: { experiment_id: '{{exp2}}', user_id: 'u', start_time: 3, run_name: 'r3' },
      keep: { run3: 'run.info.run_id' },
    },
    {
      name: 'an experiment to spoil',
      path: 'experiments/create',
      body: { name: 'datasets 3' },
      keep: { exp3: 'experiment_id' },
    },
    {
      name: 'a run to spoil',
      path: 'runs/create',
      body: { experiment_id: '{{exp3}}', user_id: 'u', start_time: 1, run_name: 'scrap' },
      keep: { scrap: 'run.info.run_id' },
    },
    find('no datasets yet', { experiment_ids: ['{{exp}}'] }),
    inputs('a dataset', {
      datasets: [{ dataset: { ...dataset, schema: '{"a":"b"}', profile: '{"n":1}' }, tags: [context('train')] }],
    }),
    inputs('the dataset again', { datasets: [{ dataset, tags: [context('test')] }] }),
    inputs('a dataset without tags', { datasets: [{ dataset: { ...dataset, name: 'plain', digest: 'd2' } }] }),
    inputs('two datasets', {
      run_id: '{{run2}}',
      datasets: [
        { dataset, tags: [context('test')] },
        { dataset: { ...dataset, digest: 'd3' }, tags: [context('train'), { key: 'more', value: 'x' }] },
      ],
    }),
    inputs('a dataset elsewhere', { run_id: '{{run3}}', datasets: [{ dataset, tags: [context('train')] }] }),
    inputs('nothing', {}),
    inputs('no dataset in the input', { run_id: '{{scrap}}', datasets: [{ tags: [] }] }),
    inputs('no name', { run_id: '{{scrap}}', datasets: [{ dataset: { ...dataset, name: undefined } }] }),
    inputs('no digest', { run_id: '{{scrap}}', datasets: [{ dataset: { ...dataset, digest: undefined } }] }),
    inputs('no source', { run_id: '{{scrap}}', datasets: [{ dataset: { ...dataset, source: undefined } }] }),
    inputs('no source type', { run_id: '{{scrap}}', datasets: [{ dataset: { ...dataset, source_type: undefined } }] }),
    inputs('a digest of 37', { datasets: [{ dataset: { ...dataset, digest: 'd'.repeat(37) } }] }),
    inputs('a name of 501', { datasets: [{ dataset: { ...dataset, name: 'd'.repeat(501) } }] }),
    inputs('no run', { run_id: undefined, datasets: [{ dataset }] }),
    inputs('an unknown run', { run_id: '0'.repeat(32), datasets: [{ dataset }] }),
    inputs('datasets that are no list', { datasets: {} }),
    { name: 'the inputs of a run', method: 'GET', path: 'runs/get', query: [['run_id', '{{run}}']] },
    { name: 'the inputs of another run', method: 'GET', path: 'runs/get', query: [['run_id', '{{run2}}']] },
    find('the datasets of an experiment', { experiment_ids: ['{{exp}}'] }),
    find('the datasets of two experiments', { experiment_ids: ['{{exp}}', '{{exp2}}'] }),
    find('the datasets, camelCase', { experimentIds: ['{{exp2}}'] }),
    find('the datasets of an unknown experiment', { experiment_ids: ['99999'] }),
    find('the datasets of no number', { experiment_ids: ['abc'] }),
    find('the datasets of nothing', {}),
    find('the datasets of 21 experiments', { experiment_ids: Array.from({ length: 21 }, (_, index) => String(index)) }),
    find('experiment ids of a wrong type', { experiment_ids: 'x' }),
    {
      name: 'runs by dataset',
      path: 'runs/search',
      body: { experiment_ids: ['{{exp}}'], filter: "datasets.name = 'plain'", order_by: ['attributes.start_time'] },
    },
    {
      name: 'runs by context',
      path: 'runs/search',
      body: { experiment_ids: ['{{exp}}'], filter: "dataset.context = 'train'", order_by: ['attributes.start_time'] },
    },
    {
      name: 'runs by digest',
      path: 'runs/search',
      body: {
        experiment_ids: ['{{exp}}'],
        filter: "datasets.digest IN ('d3', 'd9')",
        order_by: ['attributes.start_time'],
      },
    },
  ],
};
