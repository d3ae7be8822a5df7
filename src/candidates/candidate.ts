import type { CandidateEid, CandidateIid, ExperimentIid, NamedValue, ProjectId } from '../common';

/** Where a candidate stands; the last three are final. */
export type CandidateStatus = 'running' | 'scheduled' | 'finished' | 'failed' | 'killed';

/** One trial. */
export interface Candidate {
  readonly project: ProjectId;
  /** What people see. */
  readonly iid: CandidateIid;
  /** What machines see. */
  readonly eid: CandidateEid;
  readonly experimentIid: ExperimentIid;
  readonly name: string;
  readonly status: CandidateStatus;
  /** Milliseconds since the epoch, as the client says them. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The user as the client names them; not to be trusted. */
  readonly userName: string;
  /** Who the token belonged to. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly deletedAt?: Date;
  readonly commit?: string;
  readonly branch?: string;
  /** The merge request that a tag claims; whether it holds is for the merge request to say. */
  readonly claimedMergeRequest?: number;
  /** Its experiment's, when the client set one there. */
  readonly artifactLocation?: string;
}

/** One value of a metric. */
export interface MetricPoint {
  /** Of the metric. */
  readonly name: string;
  /** NaN and the infinities are kept as they are. */
  readonly value: number;
  readonly step: number;
  /** Milliseconds since the epoch. */
  readonly trackedAt: number;
}

/** The point of a metric with the highest step, then time, then value. */
export type LatestMetric = MetricPoint;

/** Data that a candidate was trained or judged on. */
export interface Dataset {
  readonly name: string;
  /** With the name it identifies the dataset within its experiment. */
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
}

/** A dataset, and what the candidate used it for. */
export interface CandidateInput {
  readonly dataset: Dataset;
  readonly tags: readonly NamedValue[];
}

/** What was logged; every list is sorted by name. */
export interface CandidateData {
  readonly metrics: readonly LatestMetric[];
  readonly params: readonly NamedValue[];
  readonly tags: readonly NamedValue[];
  readonly inputs: readonly CandidateInput[];
}

/** A candidate with all that was logged to it, but only the latest point of each metric. */
export interface CandidateDetails {
  readonly candidate: Candidate;
  readonly data: CandidateData;
}

/** The change in the code that a candidate comes from, as far as tags or a token say. */
export interface CandidateSource {
  readonly commit?: string;
  readonly branch?: string;
  readonly mergeRequest?: number;
}
