import { userInfo } from 'node:os';

import { artifactsOf } from './artifacts.mjs';
import { candidateName } from './grids.mjs';
import { Tracking } from './tracking.mjs';
import { lastValues, train } from './training.mjs';

const SOURCE = 'examples/penguins/train.mjs';

/**
 * Trains every candidate of `grid`, one after another, and logs each to the experiment of this name.
 *
 * `branch` and `commit` say which state of the repository is trained; `tags` go on every candidate; `log` is given one
 * line per candidate; with `nested` they stand below a parent of their own. The first refusal of the server ends the
 * sweep, with the candidate under way marked FAILED.
 */
export async function sweep({ trackingUri, token, experiment, grid, branch, commit, tags, log, nested, user }) {
  if (grid.length === 0) {
    throw new Error('grid: must hold at least one candidate');
  }
  const tracking = new Tracking({ trackingUri, token });
  const experimentId = await tracking.experimentId(experiment);
  const who = user ?? loginName();
  const common = { ...sourceTags({ who, branch, commit }), ...tags };
  const start = (name, more) =>
    tracking.startRun({ experimentId, name, user: who, tags: { 'mlflow.runName': name, ...common, ...more } });

  if (!nested) {
    return { experimentId, candidates: await trainAll({ tracking, start, grid, log, more: {} }) };
  }
  const parent = await start(`sweep of ${grid.length}`, {});
  const candidates = await closing(tracking, parent, async () => {
    const trained = await trainAll({ tracking, start, grid, log, more: { 'mlflow.parentRunId': parent.runId } });
    const best = Math.max(...trained.map(({ metrics }) => metrics.val_accuracy));
    const point = { key: 'best_val_accuracy', value: best, step: 0, timestamp: Date.now() };
    await tracking.logPoints(parent.runId, [point]);
    return trained;
  });
  return { experimentId, parentRunId: parent.runId, candidates };
}

async function trainAll({ tracking, start, grid, log, more }) {
  const candidates = [];
  for (const params of grid) {
    const name = candidateName(params);
    const run = await start(name, more);
    const metrics = await closing(tracking, run, () => trainOne(tracking, run, name, params));
    candidates.push({ runId: run.runId, name, params, metrics });
    log?.(
      `${name}: val_accuracy ${metrics.val_accuracy.toFixed(3)}, test_accuracy ${metrics.test_accuracy.toFixed(3)}`,
    );
  }
  return candidates;
}

async function trainOne(tracking, run, name, params) {
  const shown = { ...params, features: params.features.join(',') };
  await tracking.logParams(run.runId, shown);
  const { network, data, points, confusion } = train(params);
  await tracking.logPoints(run.runId, points);
  const values = lastValues(points);
  for (const file of artifactsOf({ name, params: shown, network, data, confusion, values })) {
    await tracking.putArtifact(run, file.path, file.text, file.contentType);
  }
  return values;
}

/** Ends the run whatever comes; when even that is refused, the first error is the one worth telling. */
async function closing(tracking, { runId }, work) {
  let result;
  try {
    result = await work();
  } catch (error) {
    await tracking.endRun(runId, 'FAILED').catch(() => undefined);
    throw error;
  }
  await tracking.endRun(runId, 'FINISHED');
  return result;
}

function sourceTags({ who, branch, commit }) {
  return {
    'mlflow.user': who,
    'mlflow.source.name': SOURCE,
    'mlflow.source.type': 'LOCAL',
    ...(commit ? { 'mlflow.source.git.commit': commit } : {}),
    ...(branch ? { 'mlflow.source.git.branch': branch } : {}),
  };
}

/** A container may run under a number that has no name. */
function loginName() {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
