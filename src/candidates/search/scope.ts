import type { ExperimentIid, ProjectId, View } from '../../common';
import { statement, type Queryable } from '../../database';
import type { CandidateQuery } from '../requests';

/** An experiment to look into. */
interface ScopedExperiment {
  readonly iid: ExperimentIid;
  /** All candidates of a deleted experiment count as deleted. */
  readonly deleted: boolean;
  /** What the artifact addresses of its candidates begin with. */
  readonly artifactRoot: string;
}

/** Where a search looks, read ahead of it. */
export interface Scope {
  readonly project: ProjectId;
  readonly view: View;
  readonly experiments: readonly ScopedExperiment[];
  /** The numbers of the metrics that the search names; a name without one was never logged in the project. */
  readonly metrics: ReadonlyMap<string, number>;
}

interface ScopeRow {
  readonly what: 'experiment' | 'metric';
  readonly id: number;
  readonly text: string | null;
  readonly deleted: boolean;
}

const readScopeRows = statement(
  'candidates.search.scope',
  `SELECT 'experiment' AS what, iid AS id, artifact_location AS text, deleted_at IS NOT NULL AS deleted
     FROM assay.experiments WHERE project_id = $1 AND ($2::bigint[] IS NULL OR iid = ANY ($2::bigint[]))
   UNION ALL
   SELECT 'metric', metric_id, name, false
     FROM assay.metric_names WHERE project_id = $1 AND name = ANY ($3::text[])`,
);

/** Looks up the experiments of a search (unknown ones are left out, as are deleted ones where only active candidates are asked for) and its metrics. */
export async function readScope(
  database: Queryable,
  project: ProjectId,
  search: { experiments: CandidateQuery['experiments']; view: View; metrics: readonly string[] },
): Promise<Scope> {
  const rows = await database.query<ScopeRow>(readScopeRows, [
    project,
    search.experiments === 'all' ? null : search.experiments,
    search.metrics,
  ]);
  const experiments: ScopedExperiment[] = [];
  const metrics = new Map<string, number>();
  for (const { what, id, text, deleted } of rows) {
    if (what === 'metric') metrics.set(text ?? '', id);
    else if (search.view !== 'active' || !deleted) {
      experiments.push({ iid: id as ExperimentIid, deleted, artifactRoot: artifactRoot(id, text) });
    }
  }
  return { project, view: search.view, experiments, metrics };
}

/** The same addresses as the artifacts feature gives out. */
function artifactRoot(iid: number, location: string | null): string {
  const ours = location === null || location.startsWith('mlflow-artifacts:');
  return ours ? `mlflow-artifacts:/${iid}` : location.replace(/\/+$/, '');
}
