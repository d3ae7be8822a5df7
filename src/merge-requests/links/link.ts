import type { CandidateIid } from '../../common';

/** What made the link, from the strongest to the weakest. */
export type LinkSource = 'token' | 'tag' | 'experiment' | 'commit' | 'branch';

/** One thing that a candidate says about where it belongs. */
export interface Hint {
  readonly source: LinkSource;
  /** A merge request's number, a sha or a branch. */
  readonly value: string;
}

/** What the search for links has to know of a candidate. */
export interface LinkableCandidate {
  readonly iid: CandidateIid;
  readonly experimentName: string;
  readonly commit?: string;
  readonly branch?: string;
  readonly claimedMergeRequest?: number;
}

/** That a candidate belongs to a merge request. */
export interface MergeRequestLink {
  readonly mergeRequest: number;
  readonly candidate: CandidateIid;
  readonly hint: Hint;
  /** True when a token vouched for it. */
  readonly proven: boolean;
  /** The commit of the merge request that the candidate stands for. */
  readonly head: string;
  /** False when nothing tells the commit, so that one found earlier stays. */
  readonly headKnown: boolean;
}
