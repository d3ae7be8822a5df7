import type { MetricPoint } from '../../candidates';
import type { CandidateEid, ExperimentIid, NamedValue, ProjectId } from '../../common';

/** `pending` until its files are there; the others are final. */
export type LoggedModelStatus = 'pending' | 'ready' | 'failed';

/** One point of a metric that a candidate logged for a model. */
export interface ModelMetricPoint extends MetricPoint {
  readonly candidate: CandidateEid;
  /** What it was measured on, when that was said. */
  readonly dataset?: { readonly name: string; readonly digest: string };
}

/** A point with the model that it measures. */
export interface ModelMetricWrite extends ModelMetricPoint {
  readonly modelId: string;
}

/** A model that a candidate logged; nobody has registered it yet. */
export interface LoggedModel {
  readonly project: ProjectId;
  /** `m-` and 32 hex digits. */
  readonly id: string;
  readonly experimentIid: ExperimentIid;
  /** Not unique. */
  readonly name: string;
  readonly status: LoggedModelStatus;
  /** The candidate that made it. */
  readonly source?: CandidateEid;
  readonly modelType?: string;
  /** The experiment's, when the client set one there. */
  readonly artifactLocation?: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt?: Date;
  /** Sorted by name, as the tags are. */
  readonly params: readonly NamedValue[];
  readonly tags: readonly NamedValue[];
  readonly metrics: readonly ModelMetricPoint[];
}

/** What is said of a model when it is made. */
export interface NewLoggedModel {
  readonly experimentIid: ExperimentIid;
  /** A random readable one when absent. */
  readonly name?: string;
  readonly source?: CandidateEid;
  readonly modelType?: string;
  readonly params: readonly NamedValue[];
  readonly tags: readonly NamedValue[];
}

/** Narrows a search to models measured on a dataset. */
export interface DatasetFilter {
  readonly name: string;
  /** Any digest when absent. */
  readonly digest?: string;
}

/** One clause of an order. */
export interface LoggedModelOrder {
  /** Such as `metrics.accuracy DESC`. */
  readonly clause: string;
  /** Of a metric's points, those measured on this alone count. */
  readonly dataset?: { readonly name?: string; readonly digest?: string };
}

/** One page of models; filter and order are MLflow's language. */
export interface LoggedModelSearch {
  /** None finds nothing. */
  readonly experiments: readonly ExperimentIid[];
  readonly filter?: string;
  /** Newest first when empty. */
  readonly orderBy: readonly LoggedModelOrder[];
  /** Models with a metric on one of these; conditions on metrics then count such metrics alone. */
  readonly datasets?: readonly DatasetFilter[];
  /** A page never has more than 1,000. */
  readonly limit: number;
  readonly pageToken?: string;
}

/** A model that a candidate made. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

/** The models of one candidate. */
export interface CandidateModels {
  readonly inputs: readonly string[];
  readonly outputs: readonly ModelOutput[];
}
