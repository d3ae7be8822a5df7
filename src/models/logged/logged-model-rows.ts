import { asExperimentIid, type CandidateEid, type NamedValue, type ProjectId } from '../../common';
import type { LoggedModel, LoggedModelStatus, ModelMetricPoint } from './logged-model';

interface MetricRow {
  readonly name: string;
  readonly value: number | string;
  readonly step: number;
  readonly trackedAt: number;
  readonly candidate: CandidateEid;
  readonly datasetName: string;
  readonly datasetDigest: string;
}

/** A row of `selectModels`. */
export interface LoggedModelRow {
  readonly model_id: string;
  readonly experiment_iid: number;
  readonly name: string;
  readonly status: LoggedModelStatus;
  readonly candidate_eid: CandidateEid | null;
  readonly model_type: string | null;
  readonly artifact_location: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
  readonly params: readonly NamedValue[];
  readonly tags: readonly NamedValue[];
  readonly metrics: readonly MetricRow[];
}

function toPoint({ name, value, step, trackedAt, candidate, datasetName, datasetDigest }: MetricRow): ModelMetricPoint {
  const point = { name, value: Number(value), step, trackedAt, candidate };
  return datasetName === '' ? point : { ...point, dataset: { name: datasetName, digest: datasetDigest } };
}

/** Turns a row into what the domain speaks of. */
export function toLoggedModel(project: ProjectId, row: LoggedModelRow): LoggedModel {
  return {
    project,
    id: row.model_id,
    experimentIid: asExperimentIid(row.experiment_iid),
    name: row.name,
    status: row.status,
    ...(row.candidate_eid === null ? {} : { source: row.candidate_eid }),
    ...(row.model_type === null ? {} : { modelType: row.model_type }),
    ...(row.artifact_location === null ? {} : { artifactLocation: row.artifact_location }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at }),
    params: row.params,
    tags: row.tags,
    metrics: row.metrics.map(toPoint),
  };
}
