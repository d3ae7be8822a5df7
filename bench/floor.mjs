import pg from 'pg';
import { perRequest, repeat } from './load.mjs';
import { withCpu } from './processes.mjs';

const points = `INSERT INTO bench_points SELECT 1, 1, metric, step, tracked, value
  FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::float8[]) AS points (metric, step, tracked, value) ON CONFLICT DO NOTHING`;
const pointsAndSummaries = `WITH point AS (${points})
  INSERT INTO bench_metrics AS m SELECT 1, 1, metric, 1, value, step, tracked, value, step, tracked, value, value, 1
    FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::float8[]) AS points (metric, step, tracked, value)
  ON CONFLICT (project_id, candidate_iid, metric_id) DO UPDATE SET
    latest = excluded.latest, latest_step = excluded.latest_step, latest_tracked_at = excluded.latest_tracked_at,
    min = least(m.min, excluded.min), max = greatest(m.max, excluded.max), points = m.points + 1`;

/**
 * @template Result
 * @param {import('./target.mjs').Target} target
 * @param {(query: (name: string, text: string, values: unknown[]) => Promise<any[]>) => Promise<Result>} work
 */
async function withClient({ databaseUrl }, work) {
  // The session settings of our own server.
  const options = '-c jit=off -c max_parallel_workers_per_gather=0';
  const client = new pg.Client({ connectionString: databaseUrl, options });
  await client.connect();
  try {
    return await work(async (name, text, values) => (await client.query({ name, text, values })).rows);
  } finally {
    await client.end();
  }
}

/**
 * @param {import('./target.mjs').Target} target
 * @param {number} seconds
 * @param {() => Promise<unknown>} work
 * @returns {Promise<import('./target.mjs').Measured>}
 */
async function measure({ postgresPid }, seconds, work, amount = 1) {
  for (let warm = 0; warm < 10; warm += 1) await work();
  let done = 0;
  const began = performance.now();
  const { server, postgres } = await withCpu({ postgresPid }, async () => {
    for (; performance.now() < began + seconds * 1000; done += amount) await work();
  });
  return perRequest(done, (performance.now() - began) / 1000, server, postgres);
}

/**
 * Points straight through `pg` into tables like ours, without server and protocol: what Node and PostgreSQL can do.
 * @param {import('./target.mjs').Target} target
 * @param {import('./main.mjs').Size} size
 */
export async function measureWritingFloor(target, { seconds }) {
  return withClient(target, async (query) => {
    await query('', 'CREATE TABLE bench_points (LIKE assay.metric_points INCLUDING ALL)', []);
    await query('', 'CREATE TABLE bench_metrics (LIKE assay.candidate_metrics INCLUDING ALL)', []);
    let step = 0;
    const batch = (count, keys) => {
      const all = Array.from({ length: count }, (_, at) => at);
      step += count;
      const literal = (numbers) => `{${numbers.join(',')}}`;
      return [
        literal(all.map((at) => at % keys)),
        literal(all.map((at) => step + Math.floor(at / keys))),
        literal(all.map(() => Date.now())),
        literal(all.map((at) => Math.cos(at))),
      ];
    };
    try {
      return {
        'log-metric 1': await measure(target, seconds, () => query('points', points, batch(1, 1))),
        'log-metric 32': await measure(target, seconds, () => query('points', points, batch(32, 1)), 32),
        'batch 10 keys': await measure(target, seconds, () => query('points', points, batch(1_000, 10))),
        'batch 1000 keys': await measure(target, seconds, () => query('both', pointsAndSummaries, batch(1_000, 1_000))),
      };
    } finally {
      await query('', 'DROP TABLE bench_points, bench_metrics', []);
    }
  });
}

const named = (table) => `(SELECT coalesce(json_agg(json_build_object('key', x.name, 'value', x.value)), '[]')
  FROM assay.${table} x WHERE x.project_id = c.project_id AND x.candidate_iid = c.iid)`;
const json = `json_build_object(
  'info', json_build_object('run_id', c.eid, 'run_uuid', c.eid, 'run_name', c.name, 'experiment_id', c.experiment_iid::text, 'user_id', c.user_name,
    'status', c.status, 'start_time', c.started_at, 'end_time', c.ended_at, 'artifact_uri', 'mlflow-artifacts:/' || c.eid, 'lifecycle_stage', 'active'),
  'data', json_build_object('metrics', (SELECT coalesce(json_agg(json_build_object('key', n.name, 'value', m.latest,
      'timestamp', m.latest_tracked_at, 'step', m.latest_step)), '[]') FROM assay.candidate_metrics m
      JOIN assay.metric_names n ON n.project_id = m.project_id AND n.metric_id = m.metric_id
     WHERE m.project_id = c.project_id AND m.candidate_iid = c.iid),
    'params', ${named('candidate_params')}, 'tags', ${named('candidate_tags')}))`;
const scope = `(SELECT p.project_id, e.iid FROM assay.projects p JOIN assay.experiments e ON e.project_id = p.project_id WHERE e.name = $1)`;
const filtered = (after) => `
   SELECT c.*, m.latest AS place FROM assay.candidate_metrics m
     JOIN assay.candidates c ON c.project_id = m.project_id AND c.iid = m.candidate_iid
    WHERE m.project_id = $1 AND m.experiment_iid = $2 AND m.metric_id = $3 AND m.latest > 0.2 ${after} AND c.deleted_at IS NULL
      AND EXISTS (SELECT FROM assay.candidate_params p
                   WHERE p.project_id = c.project_id AND p.candidate_iid = c.iid AND p.name = 'p0' AND p.value = 'v1')
    ORDER BY m.latest DESC`;
const page = (after) => `SELECT json_agg(${json})::text AS runs FROM (${filtered(after)} LIMIT 100) c`;

/**
 * The bare statements of the searches: what PostgreSQL takes to find the page and to write its JSON.
 * @param {import('./target.mjs').Target} target
 * @param {string} experiment its name
 * @param {string} name of the rows
 * @param {number} count
 */
export async function measureSearchFloor(target, experiment, name, count) {
  const ownProcess = { postgresPid: target.postgresPid };
  return withClient(target, async (query) => {
    const [{ project_id: project, iid }] = await query('', scope, [experiment]);
    const [{ metric_id: metric }] = await query(
      '',
      `SELECT metric_id FROM assay.metric_names WHERE project_id = $1 AND name = 'm0'`,
      [project],
    );
    const values = [project, iid, metric];
    const [{ place }] = await query('', `SELECT place FROM (${filtered('')} LIMIT 1 OFFSET 899) c`, values);
    return {
      [`search ${name}`]: await repeat(ownProcess, count, () => query('first', page(''), values)),
      [`page 10 ${name}`]: await repeat(ownProcess, count, () =>
        query('tenth', page('AND m.latest < $4'), [...values, place]),
      ),
    };
  });
}

/** @param {import('./target.mjs').Target} target @param {string} experiment its name @param {number} count */
export async function measureThousandFloor(target, experiment, count) {
  const ownProcess = { postgresPid: target.postgresPid };
  return withClient(target, async (query) => {
    const [{ project_id: project, iid }] = await query('', scope, [experiment]);
    const text = `SELECT json_agg(${json})::text AS runs FROM (SELECT * FROM assay.candidates
      WHERE project_id = $1 AND experiment_iid = $2 AND deleted_at IS NULL ORDER BY started_at DESC, iid DESC LIMIT 1000) c`;
    return { 'thousand runs': await repeat(ownProcess, count, () => query('thousand', text, [project, iid])) };
  });
}

/** @param {import('./target.mjs').Target} target @param {number} points @param {number} count */
export async function measureHistoryFloor(target, points, count) {
  const ownProcess = { postgresPid: target.postgresPid };
  return withClient(target, async (query) => {
    const text = `SELECT step::int, tracked_at::float8 AS timestamp, value FROM assay.metric_points
      WHERE project_id = $1 AND candidate_iid = $2 AND metric_id = $3 ORDER BY tracked_at, step, value`;
    const long =
      'SELECT project_id, candidate_iid, metric_id FROM assay.metric_points WHERE step = $1::bigint - 1 LIMIT 1';
    const [{ project_id, candidate_iid, metric_id }] = await query('', long, [points]);
    return {
      history: await repeat(ownProcess, count, async () => {
        JSON.stringify(await query('history', text, [project_id, candidate_iid, metric_id]));
      }),
    };
  });
}
