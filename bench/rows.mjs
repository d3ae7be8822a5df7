/**
 * The rows of the table: what is measured, which figure of it is compared, and what it may cost at most.
 * @typedef {object} Row
 * @property {string} id
 * @property {string} what
 * @property {'cpu' | 'ms' | 'rate' | 'megabytes'} by what ratios are made of
 * @property {string} [goal]
 */

/** @type {readonly Row[]} */
export const rows = [
  { id: 'log-metric 32', what: 'log_metric, concurrency 32', by: 'cpu', goal: '≤ 0.25 ms' },
  { id: 'log-metric 8', what: 'log_metric, concurrency 8', by: 'cpu' },
  { id: 'log-metric 1', what: 'log_metric, concurrency 1', by: 'rate', goal: '≥ 2.5 × 694/s' },
  { id: 'log-param 8', what: 'log_param, concurrency 8', by: 'cpu', goal: '≤ 0.35 ms' },
  { id: 'set-tag 8', what: 'set_tag, concurrency 8', by: 'cpu', goal: '≤ 0.35 ms' },
  { id: 'create 8', what: 'create_run, concurrency 8', by: 'cpu', goal: '≤ 0.6 ms' },
  { id: 'get 8', what: 'get_run (10 metrics, 10 params), concurrency 8', by: 'cpu', goal: '≤ 0.35 ms' },
  { id: 'batch 10 keys', what: 'log_batch, 1,000 points of 10 keys, concurrency 8', by: 'cpu', goal: '≤ 10 ms' },
  { id: 'batch 1000 keys', what: 'log_batch, 1,000 points of 1,000 keys, concurrency 8', by: 'cpu', goal: '≤ 18 ms' },
  { id: 'search small', what: 'runs/search, filtered and ordered, 10,000 runs, first 100', by: 'ms' },
  { id: 'page 10 small', what: 'the same, page 10', by: 'ms' },
  {
    id: 'search large',
    what: 'runs/search, filtered and ordered, 100,000 runs, first 100',
    by: 'ms',
    goal: '≤ 25 ms, ≤ 2 × floor',
  },
  { id: 'page 10 large', what: 'the same, page 10', by: 'ms', goal: '≤ 25 ms' },
  { id: 'thousand runs', what: '1,000 runs with 10 metrics, 10 params, 5 tags each', by: 'ms', goal: '≤ 90 ms' },
  { id: 'history', what: 'get-history, 100,000 points', by: 'ms', goal: '≤ 200 ms' },
  { id: 'interval', what: 'bulk-interval, 10 runs × 100,000 points, 320 each', by: 'ms', goal: '≤ 150 ms' },
  { id: 'artifact up', what: 'artifact of 1 GiB, up', by: 'megabytes', goal: '≥ 0.8 × floor' },
  { id: 'artifact down', what: 'artifact of 1 GiB, down', by: 'megabytes', goal: '≥ 0.8 × floor' },
  { id: 'start', what: 'cold start to the first answer, with data there', by: 'ms', goal: '≤ 1,500 ms' },
  { id: 'memory', what: 'memory when idle, PostgreSQL included', by: 'megabytes', goal: '≤ 200 MB' },
];

/** Less is better for these, so that a ratio above 1 always speaks for us. */
export const lessIsBetter = ({ by, id }) => by === 'cpu' || by === 'ms' || id === 'memory';
