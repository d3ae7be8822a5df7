import type { Candidate, CandidateDetails, CandidateInput, CandidateStatus } from '../../candidates';
import type { NamedValue } from '../../common';
import { toMetric, type WireMetric } from '../metrics/metric.presenter';
import { toNamedValue, unlessEmpty, type WireNamedValue } from '../wire';
import { toRunId } from './run-id';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#runinfo */
export interface WireRunInfo {
  readonly run_id: string;
  /** The same id under its name of old. */
  readonly run_uuid: string;
  readonly run_name: string;
  readonly experiment_id: string;
  readonly user_id: string;
  readonly status: Uppercase<CandidateStatus>;
  readonly start_time: number;
  readonly end_time?: number;
  readonly artifact_uri: string;
  readonly lifecycle_stage: 'active' | 'deleted';
}

/** A dataset, and what the run used it for. */
export interface WireDatasetInput {
  readonly tags?: readonly WireNamedValue[];
  readonly dataset: {
    readonly name: string;
    readonly digest: string;
    readonly source_type: string;
    readonly source: string;
    readonly schema?: string;
    readonly profile?: string;
  };
}

/** The logged models that a run read and wrote. */
export interface RunModels {
  readonly inputs: readonly { readonly model_id: string }[];
  readonly outputs: readonly { readonly model_id: string; readonly step: number }[];
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#run */
export interface WireRun {
  readonly info: WireRunInfo;
  readonly data: {
    readonly metrics?: readonly WireMetric[];
    readonly params?: readonly WireNamedValue[];
    readonly tags?: readonly WireNamedValue[];
  };
  readonly inputs: {
    readonly dataset_inputs?: readonly WireDatasetInput[];
    readonly model_inputs?: RunModels['inputs'];
  };
  /** Absent while the run is being made. */
  readonly outputs?: { readonly model_outputs?: RunModels['outputs'] };
}

/** For the wire; the artifact URI is the store's to tell. */
export function toRunInfo(candidate: Candidate, artifactUri: string): WireRunInfo {
  const id = toRunId(candidate.eid);
  return {
    run_id: id,
    run_uuid: id,
    run_name: candidate.name,
    experiment_id: String(candidate.experimentIid),
    user_id: candidate.userName,
    status: candidate.status.toUpperCase() as Uppercase<CandidateStatus>,
    start_time: candidate.startedAt,
    ...(candidate.endedAt === undefined ? {} : { end_time: candidate.endedAt }),
    artifact_uri: artifactUri,
    lifecycle_stage: candidate.deletedAt === undefined ? 'active' : 'deleted',
  };
}

/** For the wire. */
export function toDatasetInput({ dataset, tags }: CandidateInput): WireDatasetInput {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return {
    ...unlessEmpty(
      'tags',
      tags.map((tag: NamedValue) => toNamedValue(tag)),
    ),
    dataset: {
      name,
      digest,
      source_type: sourceType,
      source,
      ...(schema === undefined ? {} : { schema }),
      ...(profile === undefined ? {} : { profile }),
    },
  };
}

/** For the wire: the latest point of each metric, everything else whole; without models when it is just made. */
export function toRun({ candidate, data }: CandidateDetails, artifactUri: string, models?: RunModels): WireRun {
  return {
    info: toRunInfo(candidate, artifactUri),
    data: {
      ...unlessEmpty('metrics', data.metrics.map(toMetric)),
      ...unlessEmpty('params', data.params.map(toNamedValue)),
      ...unlessEmpty('tags', data.tags.map(toNamedValue)),
    },
    inputs: {
      ...unlessEmpty('dataset_inputs', data.inputs.map(toDatasetInput)),
      ...unlessEmpty('model_inputs', models?.inputs ?? []),
    },
    ...(models === undefined ? {} : { outputs: unlessEmpty('model_outputs', models.outputs) }),
  };
}
