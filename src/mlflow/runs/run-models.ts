import type { CandidateEid } from '../../common';
import type { CandidateModels, ModelMetricWrite, ModelOutput } from '../../models';
import { readMetric } from '../metrics/metric.request';
import type { Fields } from '../wire';
import type { RunModels } from './run.presenter';

/** For the wire; empty lists when the run has to do with no models. */
export function toRunModels(models: CandidateModels | undefined): RunModels {
  return {
    inputs: (models?.inputs ?? []).map((model_id) => ({ model_id })),
    outputs: (models?.outputs ?? []).map(({ modelId, step }) => ({ model_id: modelId, step })),
  };
}

/** The models that a run made. https://mlflow.org/docs/latest/api_reference/rest-api.html#log-outputs */
export function readModelOutputs(fields: Fields): ModelOutput[] {
  return fields
    .messages('models')
    .map((model) => ({ modelId: model.requiredString('model_id'), step: model.int('step') ?? 0 }));
}

/** The models that a run read; part of `log-inputs`. */
export function readModelInputs(fields: Fields): string[] {
  return fields.messages('models').map((model) => model.requiredString('model_id'));
}

function readDataset(metric: Fields): Pick<ModelMetricWrite, 'dataset'> {
  const name = metric.string('dataset_name');
  const digest = metric.string('dataset_digest');
  return name === undefined || name === '' ? {} : { dataset: { name, digest: digest ?? '' } };
}

/** Those of the metrics that measure a model as well as the run. */
export function readModelMetrics(metrics: readonly Fields[], candidate: CandidateEid): ModelMetricWrite[] {
  return metrics.flatMap((metric) => {
    const modelId = metric.string('model_id');
    if (modelId === undefined || modelId === '') return [];
    return [{ ...readMetric(metric), candidate, modelId, ...readDataset(metric) }];
  });
}
