import type { LoggedModel, LoggedModelStatus, ModelMetricPoint } from '../../models';
import { toMetric, type WireMetric } from '../metrics/metric.presenter';
import { toRunId } from '../runs/run-id';
import { toNamedValue, unlessEmpty, type WireEnum, type WireNamedValue } from '../wire';

const wireStatus = {
  pending: 'LOGGED_MODEL_PENDING',
  ready: 'LOGGED_MODEL_READY',
  failed: 'LOGGED_MODEL_UPLOAD_FAILED',
} as const;

/** The statuses by their names and numbers on the wire. */
export const loggedModelStatuses: WireEnum<LoggedModelStatus> = [
  [wireStatus.pending, 1, 'pending'],
  [wireStatus.ready, 2, 'ready'],
  [wireStatus.failed, 3, 'failed'],
];

/** A metric of a model, with the run that logged it and the dataset that it was measured on. */
export interface WireModelMetric extends WireMetric {
  readonly model_id: string;
  readonly run_id: string;
  readonly dataset_name?: string;
  readonly dataset_digest?: string;
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html (LoggedModel) */
export interface WireLoggedModel {
  readonly info: {
    readonly model_id: string;
    readonly experiment_id: string;
    readonly name: string;
    readonly creation_timestamp_ms: number;
    readonly last_updated_timestamp_ms: number;
    readonly artifact_uri: string;
    readonly status: (typeof wireStatus)[LoggedModelStatus];
    readonly model_type?: string;
    readonly source_run_id?: string;
    readonly tags?: readonly WireNamedValue[];
  };
  readonly data: {
    readonly params?: readonly WireNamedValue[];
    readonly metrics?: readonly WireModelMetric[];
  };
}

function toModelMetric(modelId: string, point: ModelMetricPoint): WireModelMetric {
  const { candidate, dataset } = point;
  const measured = dataset === undefined ? {} : { dataset_name: dataset.name, dataset_digest: dataset.digest };
  return { ...toMetric(point), model_id: modelId, run_id: toRunId(candidate), ...measured };
}

/** For the wire; the artifact URI is the store's to tell. */
export function toWireLoggedModel(model: LoggedModel, artifactUri: string): WireLoggedModel {
  const metrics = model.metrics.map((point) => toModelMetric(model.id, point));
  return {
    info: {
      model_id: model.id,
      experiment_id: String(model.experimentIid),
      name: model.name,
      creation_timestamp_ms: model.createdAt.getTime(),
      last_updated_timestamp_ms: model.updatedAt.getTime(),
      artifact_uri: artifactUri,
      status: wireStatus[model.status],
      ...(model.modelType === undefined ? {} : { model_type: model.modelType }),
      ...(model.source === undefined ? {} : { source_run_id: toRunId(model.source) }),
      ...unlessEmpty('tags', model.tags.map(toNamedValue)),
    },
    data: { ...unlessEmpty('params', model.params.map(toNamedValue)), ...unlessEmpty('metrics', metrics) },
  };
}
