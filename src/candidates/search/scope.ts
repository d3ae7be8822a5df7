import { invalid, type ExperimentIid, type ProjectId, type View } from '../../common';
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
  /** Whether these are all experiments of the project that the view shows. */
  readonly whole: boolean;
  /** Whether any experiment will do, deleted ones included. */
  readonly everything: boolean;
  /** The numbers of the metrics that the search may mean; a name without one was never logged in the project. */
  readonly metrics: ReadonlyMap<string, number>;
  readonly primaryMetric?: { readonly name: string; readonly direction: string };
  /** The descendants of each run that the filter asks for as an ancestor. */
  readonly descendants: ReadonlyMap<string, readonly number[]>;
}

interface ScopeRow {
  readonly what: 'experiment' | 'other' | 'metric' | 'primary';
  readonly id: number;
  readonly text: string | null;
  readonly deleted: boolean;
  readonly direction: string | null;
}

const readScopeRows = statement(
  'candidates.search.scope',
  `SELECT 'experiment' AS what, iid AS id, artifact_location AS text, deleted_at IS NOT NULL AS deleted, NULL AS direction
     FROM assay.experiments WHERE project_id = $1 AND purge_requested_at IS NULL
      AND ($2::bigint[] IS NULL OR iid = ANY ($2::bigint[]))
   UNION ALL
   (SELECT 'other', iid, NULL, false, NULL
      FROM assay.experiments
     WHERE project_id = $1 AND cardinality($2::bigint[]) > 1 AND iid <> ALL ($2::bigint[])
       AND ($4::boolean OR deleted_at IS NULL) LIMIT 1)
   UNION ALL
   SELECT 'metric', metric_id, name, false, NULL
     FROM assay.metric_names WHERE project_id = $1 AND name = ANY ($3::text[])
   UNION ALL
   SELECT 'primary', 0, settings -> 'primaryMetric' ->> 'name', false, settings -> 'primaryMetric' ->> 'direction'
     FROM assay.projects WHERE project_id = $1 AND settings -> 'primaryMetric' ->> 'name' = ANY ($3::text[])`,
);

/** What a search asks for, as far as the scope depends on it. */
export interface Asked {
  readonly experiments: CandidateQuery['experiments'];
  readonly view: View;
  readonly metrics: readonly string[];
  /** eids as 32 hexadecimal digits. */
  readonly ancestors: readonly string[];
}

/** Looks up the experiments of a search (unknown ones are left out, as are deleted ones where only active candidates are asked for) and its metrics. */
export async function readScope(database: Queryable, project: ProjectId, asked: Asked): Promise<Scope> {
  const iids = asked.experiments === 'all' ? null : asked.experiments;
  const everyState = asked.view !== 'active';
  const rows = await database.query<ScopeRow>(readScopeRows, [project, iids, asked.metrics, everyState]);
  const experiments: ScopedExperiment[] = [];
  const metrics = new Map<string, number>();
  for (const { what, id, text, deleted } of rows) {
    if (what === 'metric') metrics.set(text ?? '', id);
    else if (what === 'experiment' && (everyState || !deleted)) {
      experiments.push({ iid: id as ExperimentIid, deleted, artifactRoot: artifactRoot(id, text) });
    }
  }
  const hidden = rows.some(({ what, deleted }) => what === 'experiment' && deleted && !everyState);
  const primary = rows.find(({ what }) => what === 'primary');
  return {
    project,
    view: asked.view,
    experiments,
    everything: iids === null && !hidden,
    whole: (iids === null || iids.length > 1) && rows.every(({ what }) => what !== 'other'),
    metrics,
    ...(primary === undefined
      ? {}
      : { primaryMetric: { name: primary.text ?? '', direction: primary.direction ?? '' } }),
    descendants: await readDescendants(database, project, asked.ancestors),
  };
}

/** The same addresses as the artifacts feature gives out. */
function artifactRoot(iid: number, location: string | null): string {
  const ours = location === null || location.startsWith('mlflow-artifacts:');
  return ours ? `mlflow-artifacts:/${iid}` : location.replace(/\/+$/, '');
}

/** What is nested in one run, at any depth; more are refused, as each is looked up by itself. */
const maximalDescendants = 100_000;

/** UNION drops who was met before, so that runs nested in a circle end it, too. */
const findDescendants = statement(
  'candidates.search.descendants',
  `WITH RECURSIVE descendant (iid, hex) AS (
     SELECT t.candidate_iid, replace(c.eid::text, '-', '')
       FROM assay.candidate_tags t JOIN assay.candidates c ON c.project_id = $1 AND c.iid = t.candidate_iid
      WHERE t.project_id = $1 AND t.name = 'mlflow.parentRunId' AND left(t.value, 200) COLLATE "C" = $2::text
     UNION
     SELECT t.candidate_iid, replace(c.eid::text, '-', '')
       FROM descendant d
       JOIN assay.candidate_tags t
         ON t.project_id = $1 AND t.name = 'mlflow.parentRunId' AND left(t.value, 200) COLLATE "C" = d.hex
       JOIN assay.candidates c ON c.project_id = $1 AND c.iid = t.candidate_iid
   ) SELECT iid FROM descendant LIMIT $3::bigint`,
);

async function readDescendants(
  database: Queryable,
  project: ProjectId,
  ancestors: readonly string[],
): Promise<Map<string, number[]>> {
  const all = new Map<string, number[]>();
  for (const ancestor of ancestors) {
    const rows = await database.query<{ iid: number }>(findDescendants, [project, ancestor, maximalDescendants + 1]);
    if (rows.length > maximalDescendants) {
      throw invalid(
        `filter: more than ${maximalDescendants} candidates are nested in ${ancestor}; ask for one of them as the ancestor`,
        'filter',
      );
    }
    all.set(
      ancestor,
      rows.map(({ iid }) => iid),
    );
  }
  return all;
}
