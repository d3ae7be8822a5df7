import type { CandidateEid, ExperimentIid, NamedValue, View } from '../common';
import type { CandidateSource, CandidateStatus, MetricPoint } from './candidate';

/** What it takes to create a candidate. */
export interface NewCandidate {
  readonly experimentIid: ExperimentIid;
  /** A random readable one when absent or empty. */
  readonly name?: string;
  /** The name of a tag that holds the candidate's name as well, for clients that look for it there. */
  readonly nameTag?: string;
  /** `running` when absent. */
  readonly status?: CandidateStatus;
  readonly startedAt: number;
  readonly userName: string;
  readonly createdBy: string;
  /** The last one of a name holds. */
  readonly tags: readonly NamedValue[];
  readonly source?: CandidateSource;
}

/** What may change of a candidate; absent stays as it is. */
export interface CandidateUpdate {
  readonly name?: string;
  /** See {@link NewCandidate.nameTag}; set together with the name. */
  readonly nameTag?: string;
  readonly status?: CandidateStatus;
  readonly endedAt?: number;
}

/** One request's worth of writes to one candidate: all or nothing. Without content it only asks whether the candidate can be written. */
export interface CandidateWrite {
  readonly eid: CandidateEid;
  readonly points: readonly MetricPoint[];
  readonly params: readonly NamedValue[];
  /** The last one of a name holds. */
  readonly tags: readonly NamedValue[];
  readonly name?: string;
  readonly source?: CandidateSource;
}

/** A question to the candidates of some experiments, in MLflow's language and ours (docs/search.md). */
export interface CandidateQuery {
  /** `all` of the project, or these; an empty list finds no candidate at all. */
  readonly experiments: 'all' | readonly ExperimentIid[];
  readonly filter?: string;
  readonly orderBy: readonly string[];
  readonly view: View;
  readonly limit: number;
  readonly pageToken?: string;
}

/** Which points of a metric's history stand for all of it. */
export interface HistorySample {
  readonly firstStep?: number;
  readonly lastStep?: number;
  /** At most so many. */
  readonly points: number;
}

/** Which part of a metric's history. */
export interface HistoryPage {
  /** Everything when absent. */
  readonly limit?: number;
  readonly pageToken?: string;
}
