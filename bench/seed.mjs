import { createHash } from 'node:crypto';
import pg from 'pg';
import { ask, newRun } from './target.mjs';

/**
 * Runs of one experiment, as large as a real sweep's: each with metrics m0 … m9, params p0 … p9 and five tags.
 * @typedef {object} Sweep
 * @property {string} experiment
 * @property {number} from the number of the first one, from 1
 * @property {number} count
 * @property {boolean} [quietly] more follows, so PostgreSQL's statistics can wait
 */

/** The id of a seeded run. @param {string} experiment @param {number} number */
export function runId(experiment, number) {
  return createHash('md5').update(`${experiment} ${number}`).digest('hex');
}

/** How a value from 0 to 1 follows from the run's number and the metric's. */
const value = '(hashint8(i * 10 + k)::float8 + 2147483648) / 4294967296';
const param = `'v' || abs(hashint8(i * 10 + k)::bigint) % (4 * (k + 1))`;
const started = '1700000000000 + i * 1000';

/**
 * @param {string} url
 * @param {(query: (text: string, values: unknown[]) => Promise<any[]>) => Promise<void>} work
 * @param {boolean} [quietly]
 */
async function within(url, work, quietly = false) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(async (text, values) => (await client.query(text, values)).rows);
    if (quietly) return;
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

/** @param {import('./target.mjs').Target} target @param {string} name */
export async function newExperiment(target, name) {
  const { experiment_id: id } = await ask(target, 'POST', 'api/2.0/mlflow/experiments/create', { name });
  return id;
}

/** The metrics get their numbers by being logged. @param {import('./target.mjs').Target} target */
async function nameMetrics(target) {
  const keys = ['loss', ...Array.from({ length: 10 }, (_, at) => `m${at}`)];
  const metrics = keys.map((key) => ({ key, value: 0, timestamp: 1, step: 0 }));
  await ask(target, 'POST', 'api/2.0/mlflow/runs/log-batch', { run_id: await newRun(target), metrics });
}

const block = `INSERT INTO assay.counters AS k (project_id, name, next) VALUES ($1, 'candidates', 1 + $2::int)
  ON CONFLICT (project_id, name) DO UPDATE SET next = k.next + $2::int RETURNING next - $2::int AS first`;

const candidates = `INSERT INTO assay.candidates
    (project_id, iid, eid, experiment_iid, name, status, started_at, ended_at, user_name, created_by)
  SELECT $1::bigint, $2::bigint + i - $4::bigint, md5($3::text || ' ' || i)::uuid, $3::text::bigint, 'trial ' || i, 'finished', ${started},
         ${started} + 500, 'bench', 'bench' FROM generate_series($4::bigint, $5::bigint) i`;

/** @type {readonly string[]} */
const ours = [
  candidates,
  `INSERT INTO assay.candidate_metrics
   SELECT $1::bigint, $2::bigint + i - $4::bigint, n.metric_id, $3::text::bigint, v, 9, 9, v, 9, 9, v, v, 1
     FROM generate_series($4::bigint, $5::bigint) i, generate_series(0, 9) k, LATERAL (SELECT ${value} AS v) x,
          LATERAL (SELECT metric_id FROM assay.metric_names WHERE project_id = $1 AND name = 'm' || k) n`,
  `INSERT INTO assay.metric_points
   SELECT $1::bigint, $2::bigint + i - $4::bigint, n.metric_id, 9, 9, ${value}
     FROM generate_series($4::bigint, $5::bigint) i, generate_series(0, 9) k,
          LATERAL (SELECT metric_id FROM assay.metric_names WHERE project_id = $1 AND name = 'm' || k) n WHERE $3::text <> ''`,
  `INSERT INTO assay.candidate_params SELECT $1::bigint, $2::bigint + i - $4::bigint, 'p' || k, ${param}
     FROM generate_series($4::bigint, $5::bigint) i, generate_series(0, 9) k WHERE $3::text <> ''`,
  `INSERT INTO assay.candidate_tags SELECT $1::bigint, $2::bigint + i - $4::bigint, t.name, t.value || i
     FROM generate_series($4::bigint, $5::bigint) i,
          (VALUES ('mlflow.runName', 'trial '), ('mlflow.user', 'bench '), ('mlflow.source.name', 'train.py '), ('t0', 'a'), ('t1', 'b')) AS t (name, value)
    WHERE $3::text <> ''`,
];

/**
 * Past the protocol, into our tables.
 * @param {import('./target.mjs').Target} target
 * @param {number} project
 * @param {Sweep} sweep
 */
export async function seedOurs(target, project, { experiment, from, count, quietly }) {
  await nameMetrics(target);
  await within(
    target.databaseUrl,
    async (query) => {
      const [{ first }] = await query(block, [project, count]);
      for (const text of ours) await query(text, [project, first, experiment, from, from + count - 1]);
    },
    quietly,
  );
}

/**
 * Runs whose metric `loss` has a long history.
 * @param {import('./target.mjs').Target} target
 * @param {number} project
 * @param {{ experiment: string, runs: number, points: number }} histories
 */
export async function seedOurHistories(target, project, { experiment, runs, points }) {
  await nameMetrics(target);
  await within(target.databaseUrl, async (query) => {
    const [{ first }] = await query(block, [project, runs]);
    await query(candidates, [project, first, experiment, 1, runs]);
    await query(
      `INSERT INTO assay.metric_points SELECT $1::bigint, $2::bigint + r, n.metric_id, s, 1700000000000 + s, sin(s)
         FROM generate_series(0, $3::int - 1) r, generate_series(0, $4::int - 1) s,
              (SELECT metric_id FROM assay.metric_names WHERE project_id = $1 AND name = 'loss') n`,
      [project, first, runs, points],
    );
  });
}

const theirRuns = `INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time,
    end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
  SELECT md5($1::text || ' ' || i), 'trial ' || i, 'UNKNOWN', '', '', 'bench', 'FINISHED', ${started}, ${started} + 500, '', 'active',
         'mlflow-artifacts:/' || $1::text || '/' || md5($1::text || ' ' || i) || '/artifacts', $1::text::int FROM generate_series($2::bigint, $3::bigint) i`;

/** @type {readonly string[]} */
const theirs = [
  theirRuns,
  ...['metrics', 'latest_metrics'].map(
    (table) => `INSERT INTO ${table} (key, value, timestamp, run_uuid, step, is_nan)
      SELECT 'm' || k, ${value}, 9, md5($1::text || ' ' || i), 9, false FROM generate_series($2::bigint, $3::bigint) i, generate_series(0, 9) k`,
  ),
  `INSERT INTO params (key, value, run_uuid) SELECT 'p' || k, ${param}, md5($1::text || ' ' || i)
     FROM generate_series($2::bigint, $3::bigint) i, generate_series(0, 9) k`,
  `INSERT INTO tags (key, value, run_uuid) SELECT t.name, t.value || i, md5($1::text || ' ' || i)
     FROM generate_series($2::bigint, $3::bigint) i,
          (VALUES ('mlflow.runName', 'trial '), ('mlflow.user', 'bench '), ('mlflow.source.name', 'train.py '), ('t0', 'a'), ('t1', 'b')) AS t (name, value)`,
];

/** Past the protocol, into MLflow's tables. @param {import('./target.mjs').Target} target @param {Sweep} sweep */
export async function seedTheirs(target, { experiment, from, count }) {
  await within(target.databaseUrl, async (query) => {
    for (const text of theirs) await query(text, [experiment, from, from + count - 1]);
  });
}

/** @param {import('./target.mjs').Target} target @param {{ experiment: string, runs: number, points: number }} histories */
export async function seedTheirHistories(target, { experiment, runs, points }) {
  await within(target.databaseUrl, async (query) => {
    await query(theirRuns, [experiment, 1, runs]);
    await query(
      `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
       SELECT 'loss', sin(s), 1700000000000 + s, md5($1::text || ' ' || r), s, false
         FROM generate_series(1, $2::int) r, generate_series(0, $3::int - 1) s`,
      [experiment, runs, points],
    );
  });
}
