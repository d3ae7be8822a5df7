import { statement, type Statement } from '../../database';

/** What a name is the name of. */
export const keyKinds = ['metric', 'param', 'tag', 'dataset'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** Of each experiment so many of its newest candidates tell which params and tags are in use. */
export const newestAsked = 1_000;

/** $2 the name before, $3 the beginning of the names, $4 how many, $5 the experiments. */
const wanted = (name: string): string => `${name} > $2 AND ${name} >= $3 AND starts_with(${name}, $3)`;

/** Steps from each name to the next along the index, however often each is in use. */
function distinctNames(table: string): string {
  const next = (after: string): string =>
    `SELECT x.name FROM assay.${table} x WHERE x.project_id = $1 AND ${after} ORDER BY x.name LIMIT 1`;
  return `WITH RECURSIVE names (name) AS (
     (${next('x.name > $2 AND x.name >= $3')})
     UNION ALL SELECT (${next('x.name > n.name')}) FROM names n WHERE n.name IS NOT NULL
   )
   SELECT name FROM names WHERE starts_with(name, $3) LIMIT $4`;
}

function namesOfNewest(table: string): string {
  return `SELECT DISTINCT k.name FROM unnest($5::bigint[]) AS e (iid)
    CROSS JOIN LATERAL (SELECT c.iid FROM assay.candidates c WHERE c.project_id = $1 AND c.experiment_iid = e.iid
      ORDER BY c.started_at DESC, c.iid DESC LIMIT ${newestAsked}) AS c
    CROSS JOIN LATERAL (SELECT x.name FROM assay.${table} x
      WHERE x.project_id = $1 AND x.candidate_iid = c.iid OFFSET 0) AS k
    WHERE ${wanted('k.name')} ORDER BY k.name LIMIT $4`;
}

const metricNames = (more: string): string =>
  `SELECT n.name FROM assay.metric_names n WHERE n.project_id = $1 AND ${wanted('n.name')}${more}
    ORDER BY n.name LIMIT $4`;

/** The order is the index's: without it the planner would rather look at one row after the other, and find nothing for long. */
const ofExperiments = ` AND EXISTS (SELECT FROM unnest($5::bigint[]) AS e (iid) CROSS JOIN LATERAL (
      SELECT m.latest FROM assay.candidate_metrics m
       WHERE m.project_id = $1 AND m.experiment_iid = e.iid AND m.metric_id = n.metric_id
       ORDER BY m.latest LIMIT 1) AS found)`;

/** Each experiment has its own datasets: their names are stepped through one experiment after the other. */
function datasetNames(experiments: string): string {
  const next = (after: string): string =>
    `SELECT d.name FROM assay.datasets d WHERE d.project_id = $1 AND d.experiment_iid = e.iid AND ${after}
      ORDER BY d.name LIMIT 1`;
  return `SELECT DISTINCT k.name FROM ${experiments} CROSS JOIN LATERAL (
     WITH RECURSIVE names (name) AS (
       (${next('d.name > $2 AND d.name >= $3')})
       UNION ALL SELECT (${next('d.name > n.name')}) FROM names n WHERE n.name IS NOT NULL
     )
     SELECT name FROM names WHERE starts_with(name, $3)) AS k
    ORDER BY k.name LIMIT $4`;
}

/** The names of a kind in use in the whole project. */
export const namesOfProject: Readonly<Record<KeyKind, Statement>> = {
  metric: statement('keys.metrics', metricNames('')),
  param: statement('keys.params', distinctNames('candidate_params')),
  tag: statement('keys.tags', distinctNames('candidate_tags')),
  dataset: statement(
    'keys.datasets',
    datasetNames('(SELECT x.iid FROM assay.experiments x WHERE x.project_id = $1) AS e'),
  ),
};

/** The names of a kind in use in some experiments. */
export const namesOfExperiments: Readonly<Record<KeyKind, Statement>> = {
  metric: statement('keys.metrics-of', metricNames(ofExperiments)),
  param: statement('keys.params-of', namesOfNewest('candidate_params')),
  tag: statement('keys.tags-of', namesOfNewest('candidate_tags')),
  dataset: statement('keys.datasets-of', datasetNames('unnest($5::bigint[]) AS e (iid)')),
};
