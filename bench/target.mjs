/**
 * A server that speaks the protocol: ours or MLflow's own.
 * @typedef {object} Target
 * @property {string} name
 * @property {string} root the tracking URI: `/api/2.0/mlflow` and its siblings stand below it
 * @property {Readonly<Record<string, string>>} headers who asks
 * @property {number} pid of the server; its workers are its children
 * @property {number} postgresPid
 * @property {string} databaseUrl
 * @property {string} folder a temporary folder of the bench
 * @property {(runs: import('./seed.mjs').Sweep) => Promise<string[]>} seed fills an experiment past the protocol, and answers the ids of its runs
 * @property {(points: number, runs: number) => Promise<string[]>} seedHistories runs with so many points of the metric `loss`, past the protocol
 * @property {() => Promise<void>} stop
 */

/**
 * What was measured. CPU in milliseconds a request, of the server and of PostgreSQL.
 * @typedef {object} Measured
 * @property {number} [rate] a second
 * @property {number} [ms] the median
 * @property {number} [p95]
 * @property {number} [cpu]
 * @property {number} [server]
 * @property {number} [postgres]
 * @property {number} [megabytes] a second, or of memory
 * @property {string} [note]
 */

/**
 * @param {Target} target
 * @param {string} method
 * @param {string} path below the tracking URI
 * @param {object} [body]
 */
export async function ask(target, method, path, body) {
  const text = await askText(target, method, path, body);
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * The answer unread, which costs the client least.
 * @param {Target} target
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
export async function askText(target, method, path, body) {
  const answer = await fetch(`${target.root}/${path}`, {
    method,
    headers: { ...target.headers, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${target.name}: ${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
  return text;
}

/** @param {Target} target */
export async function newRun(target, experiment = '0') {
  const { run } = await ask(target, 'POST', 'api/2.0/mlflow/runs/create', {
    experiment_id: experiment,
    start_time: Date.now(),
  });
  return run.info.run_id;
}

/** @param {Target} target */
export async function newRuns(target, count = 8) {
  return Promise.all(Array.from({ length: count }, () => newRun(target)));
}
