import { turns } from './load.mjs';
import { newExperiment, runId } from './seed.mjs';
import { ask } from './target.mjs';

const search = 'api/2.0/mlflow/runs/search';
const page = 100;

/** A filter on a metric and a param, ordered by the metric. @param {string} experiment */
export function sweepSearch(experiment) {
  return {
    experiment_ids: [experiment],
    filter: "metrics.m0 > 0.2 and params.p0 = 'v1'",
    order_by: ['metrics.m0 DESC'],
    max_results: page,
  };
}

/**
 * First page and page 10.
 * @param {import('./target.mjs').Target} target
 * @param {string} experiment
 * @param {string} name of the rows
 * @param {number} count
 */
export async function measureSearch(target, experiment, name, count) {
  const body = sweepSearch(experiment);
  const check = (text) => text.includes('"run_id"');
  let token;
  for (let at = 1; at < 10; at += 1) {
    token = (await ask(target, 'POST', search, { ...body, ...(token && { page_token: token }) })).next_page_token;
    if (token === undefined) throw new Error(`${target.name}: too few runs for ten pages`);
  }
  return {
    [`search ${name}`]: await turns(target, { method: 'POST', path: search, body, turns: count, check }),
    [`page 10 ${name}`]: await turns(target, {
      method: 'POST',
      path: search,
      body: { ...body, page_token: token },
      turns: count,
      check,
    }),
  };
}

/** A thousand runs, newest first, with all that they hold. @param {import('./target.mjs').Target} target @param {string} experiment @param {number} count */
export async function measureThousand(target, experiment, count) {
  const body = { experiment_ids: [experiment], max_results: 1_000 };
  const check = (text) => text.split('"run_uuid"').length === 1_001;
  return { 'thousand runs': await turns(target, { method: 'POST', path: search, body, turns: count, check }) };
}

/**
 * Long histories of one metric: whole, and of ten runs in 320 points each.
 * @param {import('./target.mjs').Target} target
 * @param {import('./main.mjs').Size} size
 */
export async function measureHistories(target, { points, histories }) {
  const experiment = await newExperiment(target, `histories ${Date.now()}`);
  await target.seedHistories({ experiment, runs: 10, points });
  const ids = Array.from({ length: 10 }, (_, at) => runId(experiment, at + 1));
  const all = `api/2.0/mlflow/metrics/get-history?run_id=${ids[0]}&metric_key=loss`;
  const query = new URLSearchParams([
    ...ids.map((id) => ['run_ids', id]),
    ['metric_key', 'loss'],
    ['max_results', '320'],
  ]);
  const interval = `ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?${query}`;
  const has = (least, most) => (text) => {
    const found = text.split('"timestamp"').length - 1;
    return found >= least && found <= most;
  };
  return {
    history: await turns(target, { path: all, turns: histories, check: has(points, points) }),
    interval: await turns(target, { path: interval, turns: histories, check: has(3_000, 4_000) }),
  };
}
