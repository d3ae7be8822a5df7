import type { Experiment } from '../../experiments';
import { toNamedValue, unlessEmpty, type WireNamedValue } from '../wire';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#experiment */
export interface WireExperiment {
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: 'active' | 'deleted';
  /** The one that all experiments have on a server without workspaces. */
  readonly workspace: 'default';
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly tags?: readonly WireNamedValue[];
}

/** For the wire: the iid is a text there, times are milliseconds. */
export function toExperiment(experiment: Experiment): WireExperiment {
  const id = String(experiment.iid);
  return {
    experiment_id: id,
    name: experiment.name,
    artifact_location: experiment.artifactLocation ?? `mlflow-artifacts:/${id}`,
    lifecycle_stage: experiment.deletedAt === undefined ? 'active' : 'deleted',
    workspace: 'default',
    creation_time: experiment.createdAt.getTime(),
    last_update_time: experiment.updatedAt.getTime(),
    ...unlessEmpty('tags', experiment.tags.map(toNamedValue)),
  };
}
