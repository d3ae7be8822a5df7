import { load, repeat } from './load.mjs';
import { tenOfEach } from './logging.mjs';
import { sweepSearch } from './reading.mjs';
import { newExperiment } from './seed.mjs';
import { newProject } from './server.mjs';
import { askText, newRuns } from './target.mjs';

const runs = 'api/2.0/mlflow/runs';
const connections = 8;

/**
 * Search, create, log and get, spread over the given projects of one server.
 * @param {readonly (import('./target.mjs').Target & { experiment: string })[]} targets
 * @param {import('./main.mjs').Size} size
 * @returns {Promise<Record<string, import('./target.mjs').Measured>>}
 */
export async function measureGrowth(targets, { seconds, searches }) {
  const [first] = targets;
  if (first === undefined) throw new Error('There is no project to measure.');
  const places = [];
  for (const target of targets) places.push({ target, ids: await newRuns(target, 1), read: await tenOfEach(target) });
  let count = 0;
  const next = () => places[(count += 1) % places.length] ?? places[0];
  const spread = (method, path, body) => {
    let place = next();
    return load(first, {
      method,
      targetOf: () => (place = next()).target,
      path: () => path(place),
      ...(body && { body: () => body(place) }),
      connections,
      seconds,
    });
  };
  const metric = ({ ids }) => ({
    run_id: ids[0],
    key: 'loss',
    value: Math.sin(count),
    timestamp: Date.now(),
    step: count,
  });
  return {
    search: await repeat(first, searches, async () => {
      const { target } = next();
      await askText(target, 'POST', `${runs}/search`, sweepSearch(target.experiment));
    }),
    create: await spread(
      'POST',
      () => `${runs}/create`,
      () => ({ experiment_id: '0', start_time: Date.now() }),
    ),
    log: await spread('POST', () => `${runs}/log-metric`, metric),
    get: await spread('GET', ({ read }) => `${runs}/get?run_id=${read}`),
  };
}

/**
 * Further projects of the same server, each with runs of its own.
 * @param {import('./target.mjs').Target & import('./server.mjs').Ours} server
 * @param {{ projects: number, runs: number }} size
 */
export async function addProjects(server, { projects, runs: count }) {
  const targets = [];
  for (let at = 1; at <= projects; at += 1) {
    const target = server.of(await newProject(server.url, server.adminToken, `bench/project-${at}`));
    const experiment = await newExperiment(target, 'sweep');
    await target.seed({ experiment, from: 1, count, quietly: at < projects });
    targets.push(Object.assign(target, { experiment }));
  }
  return targets;
}
