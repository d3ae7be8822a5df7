import type { CandidateEid, CandidateIid, ExperimentIid, NamedValue, ProjectId } from '../../common';
import type { CandidateStatus, LatestMetric } from '../../candidates';
import type { MergeRequest } from '../../forge';
import type { LinkSource } from '../links/link';

/** The metric that decides which candidate is best, as the project's settings say. */
export interface PrimaryMetric {
  readonly name: string;
  readonly direction: 'maximize' | 'minimize';
}

/** A merge request as the forge last told it. */
export interface ReportedMergeRequest {
  readonly iid: number;
  readonly title: string;
  readonly state: MergeRequest['state'];
  readonly webUrl: string;
  readonly author: string;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly head: string;
}

/** A candidate in a report, without what was logged to it. */
export interface ReportCandidate {
  readonly iid: CandidateIid;
  readonly eid: CandidateEid;
  readonly name: string;
  readonly status: CandidateStatus;
  readonly experimentIid: ExperimentIid;
  readonly experimentName: string;
  readonly commit?: string;
  readonly branch?: string;
  readonly userName: string;
  readonly createdBy: string;
  /** Milliseconds since the epoch, as is `endedAt`. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The latest of the primary metric. */
  readonly value?: number;
}

/** A candidate that belongs to the merge request. */
export interface LinkedCandidate extends ReportCandidate {
  readonly link: { readonly source: LinkSource; readonly proven: boolean; readonly head: string };
  /** False for candidates of an earlier head. */
  readonly atHead: boolean;
}

/** A candidate with what was logged to it. */
export interface FullCandidate<Of extends ReportCandidate = ReportCandidate> {
  readonly candidate: Of;
  readonly metrics: readonly LatestMetric[];
  readonly params: readonly NamedValue[];
}

/** One metric of the best candidate beside the baseline's. */
export interface MetricComparison {
  readonly name: string;
  readonly value?: number;
  readonly baseline?: number;
  /** Present for the primary metric alone: no other metric's direction is known. */
  readonly verdict?: 'better' | 'equal' | 'worse';
}

/** A param that is not the same in both; undefined where it was not logged. */
export interface ParamDifference {
  readonly name: string;
  readonly value?: string;
  readonly baseline?: string;
}

/** How many of the linked candidates are in which state. */
export interface CandidateCounts {
  readonly total: number;
  readonly finished: number;
  readonly running: number;
  readonly failed: number;
}

/** A piece of a headline; what comes from users is told apart, so that each face can escape it. */
export type HeadlinePart = string | { readonly user: string };

/** The verdict in one line. */
export interface Headline {
  readonly state: 'pending' | 'success' | 'error';
  readonly icon: '✅' | '⚠️' | '❌' | '⏳' | 'ℹ️';
  readonly parts: readonly HeadlinePart[];
}

/** The last verdict on one head. */
export interface Verdict {
  readonly head: string;
  readonly state: Headline['state'];
  readonly headline: string;
  readonly decidedAt: Date;
}

/** All that a merge request's comment, status and page show. */
export interface MergeRequestReport {
  readonly project: { readonly id: ProjectId; readonly path: string };
  readonly mergeRequest: ReportedMergeRequest;
  readonly primary?: PrimaryMetric;
  readonly headline: Headline;
  readonly counts: CandidateCounts;
  readonly countsAtHead: CandidateCounts;
  /** Best first, then those without a value, newest first. */
  readonly candidates: readonly LinkedCandidate[];
  readonly best?: FullCandidate<LinkedCandidate>;
  readonly baseline?: FullCandidate & { readonly foundBy: 'branch' | 'commit' };
  readonly comparisons: readonly MetricComparison[];
  readonly differences: readonly ParamDifference[];
  /** The curve of the primary metric of the best candidate, thinned. */
  readonly curve: readonly number[];
  readonly verdicts: readonly Verdict[];
}
