import type { Scenario, Step } from '../step';

const raw = (name: string, text: string, contentType?: string | null): Step => ({
  name,
  path: 'runs/search',
  raw: text,
  ...(contentType === undefined ? {} : { contentType }),
});
const log = (name: string, text: string): Step => ({ name, path: 'runs/log-metric', raw: text });

/** How values may be written, and what a body may be. */
export const wire: Scenario = {
  title: 'the wire',
  steps: [
    { name: 'an experiment', path: 'experiments/create', body: { name: 'wire' }, keep: { exp: 'experiment_id' } },
    {
      name: 'a run',
      path: 'runs/create',
      body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 1, run_name: 'r' },
      keep: { run: 'run.info.run_id' },
    },
    {
      name: 'a run to spoil',
      path: 'runs/create',
      body: { experiment_id: '{{exp}}', user_id: 'u', start_time: 0, run_name: 'scrap' },
      keep: { scrap: 'run.info.run_id' },
    },
    raw('garbage', '{{garbage'),
    raw('nothing', ''),
    raw('a list', '[]'),
    raw('a number', '7'),
    raw('JSON within a JSON text', JSON.stringify(JSON.stringify({ experiment_ids: ['{{exp}}'] }))),
    raw('text/plain', '{"experiment_ids":["{{exp}}"]}', 'text/plain'),
    raw('JSON with a charset', '{"experiment_ids":["{{exp}}"]}', 'application/json; charset=utf-8'),
    raw('no content type', '{"experiment_ids":["{{exp}}"]}', null),
    raw('form data', 'experiment_ids={{exp}}', 'application/x-www-form-urlencoded'),
    raw('unknown fields', '{"experiment_ids":["{{exp}}"],"colour":"red"}'),
    raw('camelCase', '{"experimentIds":["{{exp}}"],"maxResults":1,"runViewType":"ACTIVE_ONLY"}'),
    raw('a field under both names', '{"experiment_ids":["{{exp}}"],"experimentIds":["{{exp}}"]}'),
    raw('int64 as text', '{"experiment_ids":["{{exp}}"],"max_results":"1"}'),
    raw('int as 12.0', '{"experiment_ids":["{{exp}}"],"max_results":12.0}'),
    raw('int as 1e1', '{"experiment_ids":["{{exp}}"],"max_results":1e1}'),
    raw('int as 1.5', '{"experiment_ids":["{{exp}}"],"max_results":1.5}'),
    raw('an enum by number', '{"experiment_ids":["{{exp}}"],"run_view_type":1}'),
    raw('an enum by an unknown number', '{"experiment_ids":["{{exp}}"],"run_view_type":9}'),
    raw('an enum by an unknown name', '{"experiment_ids":["{{exp}}"],"run_view_type":"MINE"}'),
    raw('null for a field', '{"experiment_ids":["{{exp}}"],"filter":null,"max_results":null}'),
    raw('one text for a list', '{"experiment_ids":"{{exp}}"}'),
    raw('a list of numbers', '{"experiment_ids":[1]}'),
    raw('a number for a text', '{"experiment_ids":["{{exp}}"],"filter":1}'),
    raw('an object for a text', '{"experiment_ids":["{{exp}}"],"filter":{}}'),
    log(
      'a metric with int64 as text, as Java sends it',
      '{"run_id":"{{run}}","key":"java","value":0.5,"timestamp":"1700000000000","step":"7"}',
    ),
    log(
      'a metric in camelCase',
      '{"runId":"{{scrap}}","key":"java","value":0.5,"timestamp":"1700000000000","step":"7"}',
    ),
    log('a metric with 12.0 for its step', '{"run_id":"{{run}}","key":"float","value":1,"timestamp":5.0,"step":12.0}'),
    log(
      'a metric with an integer beyond int64',
      '{"run_id":"{{scrap}}","key":"big","value":1,"timestamp":9223372036854775808}',
    ),
    log(
      'a metric with a step beyond int64',
      '{"run_id":"{{scrap}}","key":"big","value":1,"timestamp":1,"step":"9223372036854775808"}',
    ),
    log('NaN without quotes', '{"run_id":"{{scrap}}","key":"nan","value":NaN,"timestamp":1}'),
    log('a value in a text with spaces', '{"run_id":"{{run}}","key":"spaces","value":" 1 ","timestamp":1}'),
    log('both names of the run', '{"run_id":"{{run}}","run_uuid":"{{run}}","key":"both","value":1,"timestamp":1}'),
    log('a metric of an empty body', ''),
    log('a boolean for the run', '{"run_id":true,"key":"both","value":1,"timestamp":1}'),
    { name: 'what Java logged', method: 'GET', path: 'runs/get', query: [['run_id', '{{run}}']] },
    {
      name: 'the history of NaN without quotes',
      method: 'GET',
      path: 'metrics/get-history',
      query: [
        ['run_id', '{{scrap}}'],
        ['metric_key', 'nan'],
      ],
    },
    { name: 'camelCase in a query', method: 'GET', path: 'runs/get', query: [['runId', '{{run}}']] },
    {
      name: 'both names in a query',
      method: 'GET',
      path: 'runs/get',
      query: [
        ['run_id', '{{run}}'],
        ['runId', '{{run}}'],
      ],
    },
    {
      name: 'an unknown field in a query',
      method: 'GET',
      path: 'runs/get',
      query: [
        ['run_id', '{{run}}'],
        ['colour', 'red'],
      ],
    },
    { name: 'the ajax-api twin', method: 'GET', path: '/ajax-api/2.0/mlflow/runs/get', query: [['run_id', '{{run}}']] },
    { name: 'a POST where a GET is', path: 'runs/get', body: { run_id: '{{run}}' } },
    { name: 'no such address', method: 'GET', path: 'runs/nowhere' },
  ],
};
