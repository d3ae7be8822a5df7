import { createHash } from 'node:crypto';
import type { Database } from '../../../src/database';
import type { Trial } from './reference';

/** Small pools, so that ties, equal values and absent ones are common. */
export const numbers = [-Infinity, -1.5, -0, 0, 0.1, 0.30000000000000004, 1, 1e-300, 1e300, Infinity];
export const texts = ['', 'a', 'A', 'b', 'ab', 'a%b', 'a_b', 'a\\b', "a'b", 'a"b', '日本', '😀', 'x'.repeat(230)];
/** One of them is named as if it were the highest value of another. */
export const metricNames = ['loss', 'acc/top 1', 'acc/top 1.max', 'never'];
export const paramNames = ['lr', 'layer.size', 'a "quoted" one', 'never'];
export const tagNames = ['mlflow.source.name', 'team', 'never'];
export const branches = ['main', 'tune', 'Tune'];
export const commits = [
  '4f2d9c1b7a6e5d4c3b2a19080706050403020100',
  '4f2d9c1b7a6e5d4c3b2a19080706050403020199',
  '4f2d9c1aa',
  'abcdef0',
];
export const statuses = ['running', 'scheduled', 'finished', 'failed', 'killed'];

/** A repeatable source of numbers from 0 to 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Candidates of the given experiments with whatever the dice say. */
export function throwTrials(count: number, experiments: readonly number[], seed = 1): Trial[] {
  const roll = dice(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(roll() * items.length)] as Item;
  const some = <Item>(names: readonly string[], value: () => Item): Record<string, Item> =>
    Object.fromEntries(names.filter((name) => name !== 'never' && roll() < 0.7).map((name) => [name, value()]));
  const hex = (index: number): string => createHash('md5').update(`${seed} ${index}`).digest('hex');
  const parent = (index: number): Record<string, string> =>
    roll() < 0.5
      ? { 'mlflow.parentRunId': hex(roll() < 0.1 ? Math.floor(roll() * count) : Math.floor(index / 3)) }
      : {};
  return Array.from({ length: count }, (_each, index) => ({
    iid: index + 1,
    eid: hex(index).replace(/^(.{8})(....)(....)(....)/, '$1-$2-$3-$4-'),
    experiment: pick(experiments),
    name: pick(['calm-hen-1', 'Calm-hen-1', 'trial 2', 'a_b']),
    status: pick(statuses),
    startedAt: 1_700_000_000_000 + Math.floor(roll() * 20),
    ...(roll() < 0.5 ? { endedAt: 1_700_000_001_000 + Math.floor(roll() * 3) } : {}),
    userName: pick(['ann', 'Bob', '']),
    deleted: roll() < 0.2,
    metrics: some(metricNames, () =>
      Array.from({ length: 1 + Math.floor(roll() * 3) }, () => (roll() < 0.2 ? NaN : pick(numbers))),
    ),
    params: some(paramNames, () => pick(texts)),
    tags: { ...some(tagNames, () => pick(texts)), ...parent(index) },
    createdBy: pick(['ann', 'ci']),
    ...(roll() < 0.6 ? { commit: pick(commits) } : {}),
    ...(roll() < 0.6 ? { branch: pick(branches) } : {}),
    mergeRequests: [41, 42, 43].filter(() => roll() < 0.2),
    inputs: ['train', 'test']
      .filter(() => roll() < 0.4)
      .map((context) => ({
        name: pick(['iris', 'Iris', 'wine']),
        digest: context,
        ...(roll() < 0.8 ? { context } : {}),
      })),
  }));
}

const each = (columns: string): string => `jsonb_to_recordset($2::jsonb) AS t (${columns})`;

/** Writes candidates with what was logged to them; metric names are numbered from 1. */
export async function storeTrials(
  database: Database,
  project: number,
  experiments: readonly { readonly iid: number; readonly deleted?: boolean }[],
  trials: readonly Trial[],
): Promise<void> {
  const run = (text: string, ...values: unknown[]): Promise<unknown> => database.query({ text }, [project, ...values]);
  await run(
    `INSERT INTO assay.projects (project_id, path, default_branch, visibility, enabled_by)
      VALUES ($1::bigint, 'group/p' || ($1::bigint)::text, 'main', 'private', 'x') ON CONFLICT DO NOTHING`,
  );
  for (const { iid, deleted } of experiments) {
    await run(
      `INSERT INTO assay.experiments (project_id, iid, name, created_by, deleted_at) VALUES ($1, $2, $3, 'x', $4)`,
      iid,
      `experiment ${iid}`,
      deleted === true ? new Date() : null,
    );
  }
  const named = (field: 'metrics' | 'params' | 'tags'): string =>
    JSON.stringify(
      trials.flatMap((trial) =>
        Object.entries(trial[field]).map(([name, value]) => ({
          iid: trial.iid,
          e: trial.experiment,
          name,
          ...(typeof value === 'string' ? { value } : asSummary([value].flat())),
        })),
      ),
    );
  await run(
    `INSERT INTO assay.candidates (project_id, iid, eid, experiment_iid, name, status, started_at, ended_at, user_name, created_by, deleted_at, commit_sha, branch)
      SELECT $1, iid, eid, experiment, name, status, "startedAt", "endedAt", "userName", coalesce("createdBy", 'x'), CASE WHEN deleted THEN now() END, commit, branch
      FROM ${each('iid bigint, eid uuid, experiment bigint, name text, status text, "startedAt" bigint, "endedAt" bigint, "userName" text, "createdBy" text, deleted boolean, commit text, branch text')}`,
    JSON.stringify(trials),
  );
  await run(
    `INSERT INTO assay.metric_names SELECT $1, row_number() OVER (), name FROM (SELECT DISTINCT name FROM ${each('name text')}) x
      ON CONFLICT DO NOTHING`,
    named('metrics'),
  );
  await run(
    `INSERT INTO assay.candidate_metrics
      SELECT $1, t.iid, n.metric_id, t.e, latest, 0, 0, first, 0, 0, min, max, 1
      FROM ${each('iid bigint, e bigint, name text, latest float8, first float8, min float8, max float8')}
      JOIN assay.metric_names n ON n.project_id = $1 AND n.name = t.name`,
    named('metrics'),
  );
  for (const table of ['params', 'tags'] as const) {
    await run(
      `INSERT INTO assay.candidate_${table} SELECT $1, iid, name, value FROM ${each('iid bigint, name text, value text')}`,
      named(table),
    );
  }
  await storeInputs(run, trials);
  await storeLinks(run, trials);
}

/** As text, since JSON has no infinities and no NaN. */
function asSummary(values: readonly number[]): Record<string, string | undefined> {
  const numbers = values.filter((value) => !Number.isNaN(value));
  const some = numbers.length > 0;
  return {
    latest: String(values.at(-1)),
    first: String(values[0]),
    min: some ? String(Math.min(...numbers)) : undefined,
    max: some ? String(Math.max(...numbers)) : undefined,
  };
}

async function storeLinks(
  run: (text: string, ...values: unknown[]) => Promise<unknown>,
  trials: readonly Trial[],
): Promise<void> {
  const links = trials.flatMap(({ iid, mergeRequests = [] }) => mergeRequests.map((mr) => ({ iid, mr })));
  await run(
    `INSERT INTO assay.merge_requests (project_id, iid, title, state, web_url, author, source_branch, target_branch, head_sha)
      SELECT DISTINCT $1::bigint, mr, 'x', 'open', 'x', 'x', 'x', 'x', 'x' FROM ${each('mr bigint')}`,
    JSON.stringify(links),
  );
  await run(
    `INSERT INTO assay.merge_request_links (project_id, merge_request_iid, candidate_iid, source, hint, head_sha)
      SELECT $1, mr, iid, 'tag', 'x', 'x' FROM ${each('iid bigint, mr bigint')}`,
    JSON.stringify(links),
  );
}

async function storeInputs(
  run: (text: string, ...values: unknown[]) => Promise<unknown>,
  trials: readonly Trial[],
): Promise<void> {
  const inputs = trials.flatMap(({ iid, experiment, inputs: own }) =>
    own.map(({ name, digest, context }) => ({
      iid,
      experiment,
      name,
      digest,
      tags: context === undefined ? {} : { 'mlflow.data.context': context },
    })),
  );
  await run(
    `INSERT INTO assay.datasets SELECT $1, gen_random_uuid(), experiment, name, digest, 'local', '' FROM
      (SELECT DISTINCT experiment, name, digest FROM ${each('experiment bigint, name text, digest text')}) x`,
    JSON.stringify(inputs),
  );
  await run(
    `INSERT INTO assay.candidate_inputs SELECT $1, t.iid, d.dataset_id, t.tags
      FROM ${each('iid bigint, experiment bigint, name text, digest text, tags jsonb')}
      JOIN assay.datasets d ON d.project_id = $1 AND d.experiment_iid = t.experiment AND d.name = t.name AND d.digest = t.digest`,
    JSON.stringify(inputs),
  );
}
