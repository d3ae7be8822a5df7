import type { Scope } from './scope';
import { SqlValues } from './sql-values';

/** How the statement's text names what surrounds a candidate, whose row is always `c`. */
export interface Frame {
  readonly values: SqlValues;
  readonly scope: Scope;
  readonly project: string;
  /** The iid of the candidate's experiment. */
  readonly experiment: string;
  /** Methods: PostgreSQL refuses values that the text does not use. */
  experimentDeleted(): string;
  artifactRoot(): string;
  /** The condition on the candidate's experiment; undefined when any will do. */
  among(): string | undefined;
  /** The metric whose row is `o0`, when there is one. */
  readonly walkedMetric?: number;
  /** Whether the statement walks its order and asks the filter of each candidate that it meets, whatever the planner would rather do. */
  readonly rowByRow: boolean;
}

/** What a statement runs over: the one experiment of the scope, each of them in turn (`e`), or all of them at once. */
export type Span = 'one' | 'each' | 'all';

/** How the statement goes about it. */
interface Manner {
  readonly span: Span;
  readonly walkedMetric: number | undefined;
  readonly rowByRow: boolean;
}

/** A frame for one experiment, whose values the planner then knows, or for several. */
export function makeFrame(scope: Scope, { span, walkedMetric, rowByRow }: Manner): Frame {
  const values = new SqlValues();
  const project = values.add(scope.project, 'bigint');
  const base = { values, scope, project, rowByRow, ...(walkedMetric === undefined ? {} : { walkedMetric }) };
  if (span === 'all') return { ...base, ...wideFrame(scope, values, project) };
  const [only] = scope.experiments;
  if (span === 'each' || only === undefined) {
    const among = (): string => 'c.experiment_iid = e.iid';
    return { ...base, experiment: 'e.iid', experimentDeleted: () => 'e.deleted', artifactRoot: () => 'e.root', among };
  }
  const experiment = values.add(only.iid, 'bigint');
  return {
    ...base,
    experiment,
    experimentDeleted: () => String(only.deleted),
    artifactRoot: () => values.add(only.artifactRoot, 'text'),
    among: () => `c.experiment_iid = ${experiment}`,
  };
}

type WideFrame = Pick<Frame, 'experiment' | 'experimentDeleted' | 'artifactRoot' | 'among'>;

function wideFrame(scope: Scope, values: SqlValues, project: string): WideFrame {
  const iids = (deleted?: boolean): string => {
    const those = scope.experiments.filter((experiment) => deleted === undefined || experiment.deleted === deleted);
    return values.add(
      those.map(({ iid }) => iid),
      'bigint[]',
    );
  };
  return {
    experiment: 'c.experiment_iid',
    experimentDeleted: () => `c.experiment_iid = ANY (${iids(true)})`,
    artifactRoot: () => `(SELECT CASE
        WHEN e.artifact_location IS NULL OR starts_with(e.artifact_location, 'mlflow-artifacts:')
        THEN 'mlflow-artifacts:/' || e.iid ELSE rtrim(e.artifact_location, '/') END
      FROM assay.experiments e WHERE e.project_id = ${project} AND e.iid = c.experiment_iid)`,
    among: () => (scope.everything ? undefined : `c.experiment_iid = ANY (${iids()})`),
  };
}

/** Runs a statement for each of these experiments; the best of all come out, in order. Each gives as many as its `take`. */
export function forEachExperiment(
  { values, scope }: Frame,
  inner: string,
  {
    order,
    limit,
    takes,
  }: { readonly order: string; readonly limit: string; readonly takes: ReadonlyMap<number, number> },
): string {
  const experiments = scope.experiments.filter(({ iid }) => takes.has(iid));
  const column = <Value>(of: (experiment: (typeof experiments)[number]) => Value): Value[] => experiments.map(of);
  const iids = values.add(
    column(({ iid }) => iid),
    'bigint[]',
  );
  const deleted = values.add(
    column((experiment) => experiment.deleted),
    'boolean[]',
  );
  const roots = values.add(
    column(({ artifactRoot }) => artifactRoot),
    'text[]',
  );
  const counts = values.add(
    column(({ iid }) => takes.get(iid)),
    'bigint[]',
  );
  return `SELECT page.* FROM unnest(${iids}, ${deleted}, ${roots}, ${counts}) AS e (iid, deleted, root, take)
CROSS JOIN LATERAL (${inner} LIMIT e.take) AS page
ORDER BY ${order} LIMIT ${limit}`;
}
