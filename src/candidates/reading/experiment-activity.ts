import { Injectable } from '@nestjs/common';
import { asExperimentIid, type ExperimentIid, type ProjectId } from '../../common';
import { Database, statement } from '../../database';

/** How much was tried in an experiment, deleted candidates aside. */
export interface Activity {
  readonly candidates: number;
  readonly running: number;
  /** Milliseconds since the epoch: the newest start or end that a client told. */
  readonly lastAt: number;
}

const activity = statement(
  'candidates.activity',
  `SELECT experiment_iid AS experiment, count(*) AS candidates,
          count(*) FILTER (WHERE status IN ('running', 'scheduled')) AS running,
          max(greatest(started_at, coalesce(ended_at, started_at))) AS "lastAt"
     FROM assay.candidates WHERE project_id = $1 AND experiment_iid = ANY ($2::bigint[]) AND deleted_at IS NULL
    GROUP BY experiment_iid`,
);

/** Counts for lists of experiments. */
@Injectable()
export class ExperimentActivity {
  constructor(private readonly database: Database) {}

  /** Experiments without candidates are left out. */
  async of(project: ProjectId, experiments: readonly ExperimentIid[]): Promise<Map<ExperimentIid, Activity>> {
    const rows = await this.database.query<{ [Key in keyof Activity]: number } & { experiment: number }>(activity, [
      project,
      experiments,
    ]);
    return new Map(rows.map(({ experiment, ...found }) => [asExperimentIid(experiment), found]));
  }
}
