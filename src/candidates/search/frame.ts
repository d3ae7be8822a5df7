import type { Scope } from './scope';
import { SqlValues } from './sql-values';

/** How the statement's text names what surrounds a candidate, whose row is always `c`. */
export interface Frame {
  readonly values: SqlValues;
  readonly scope: Scope;
  readonly project: string;
  /** The iid of the candidate's experiment. */
  readonly experiment: string;
  readonly experimentDeleted: string;
  /** A method: PostgreSQL refuses values that the text does not use. */
  artifactRoot(): string;
  /** The metric by which the statement walks, when it does: its row is `o0` and belongs to this metric. */
  readonly walkedMetric?: number;
  /** Whether the statement walks its order and asks the filter of each candidate that it meets, whatever the planner would rather do. */
  readonly rowByRow: boolean;
}

/** A frame for one experiment, whose values the planner then knows, or for each of several (`e`). */
export function makeFrame(scope: Scope, walkedMetric: number | undefined, rowByRow: boolean): Frame {
  const values = new SqlValues();
  const walked = { rowByRow, ...(walkedMetric === undefined ? {} : { walkedMetric }) };
  const project = values.add(scope.project, 'bigint');
  const [only, ...others] = scope.experiments;
  if (only !== undefined && others.length === 0) {
    const experiment = values.add(only.iid, 'bigint');
    const artifactRoot = (): string => values.add(only.artifactRoot, 'text');
    return { values, scope, project, experiment, experimentDeleted: String(only.deleted), artifactRoot, ...walked };
  }
  const experiment = 'e.iid';
  return {
    values,
    scope,
    project,
    experiment,
    experimentDeleted: 'e.deleted',
    artifactRoot: () => 'e.root',
    ...walked,
  };
}

/** Wraps the statement of one experiment so that it runs for each and the best of all come out, in order. */
export function forEachExperiment(frame: Frame, inner: string, order: string, limit: string): string {
  const { values, scope } = frame;
  if (scope.experiments.length === 1) return inner;
  const iids = values.add(
    scope.experiments.map(({ iid }) => iid),
    'bigint[]',
  );
  const deleted = values.add(
    scope.experiments.map((experiment) => experiment.deleted),
    'boolean[]',
  );
  const roots = values.add(
    scope.experiments.map(({ artifactRoot }) => artifactRoot),
    'text[]',
  );
  return `SELECT page.* FROM unnest(${iids}, ${deleted}, ${roots}) AS e (iid, deleted, root)
CROSS JOIN LATERAL (${inner}) AS page
ORDER BY ${order} LIMIT ${limit}`;
}
