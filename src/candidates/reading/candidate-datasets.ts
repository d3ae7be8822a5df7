import { Injectable } from '@nestjs/common';
import { asExperimentIid, type ExperimentIid, type ProjectId } from '../../common';
import { Database, statement } from '../../database';

/** Answers never have more. */
const mostSummaries = 1_000;

/** A dataset that candidates of an experiment read, once for each thing it was used for. */
export interface DatasetSummary {
  readonly experimentIid: ExperimentIid;
  readonly name: string;
  readonly digest: string;
  /** Such as `train`; absent when it was not said. */
  readonly context?: string;
}

type Row = Readonly<{ experiment_iid: number; name: string; digest: string; context: string | null }>;

const summaries = statement(
  'candidates.dataset-summaries',
  `SELECT DISTINCT d.experiment_iid, d.name, d.digest, i.tags ->> 'mlflow.data.context' AS context
     FROM assay.datasets d
     JOIN assay.candidate_inputs i ON i.project_id = d.project_id AND i.dataset_id = d.dataset_id
    WHERE d.project_id = $1 AND d.experiment_iid = ANY ($2::bigint[])
    ORDER BY d.experiment_iid, d.name, d.digest, context LIMIT $3`,
);

/** Which datasets the candidates of experiments read. */
@Injectable()
export class CandidateDatasets {
  constructor(private readonly database: Database) {}

  /** By experiment and name, at most 1,000; deleted candidates count, unknown experiments have none. */
  async ofExperiments(project: ProjectId, experiments: readonly ExperimentIid[]): Promise<DatasetSummary[]> {
    const rows = await this.database.query<Row>(summaries, [project, experiments, mostSummaries]);
    return rows.map(({ experiment_iid: iid, name, digest, context }) => ({
      experimentIid: asExperimentIid(iid),
      name,
      digest,
      ...(context === null ? {} : { context }),
    }));
  }
}
