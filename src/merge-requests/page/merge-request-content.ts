import type { CandidateDetails } from '../../candidates';
import type { Addresses, CandidateIid } from '../../common';
import type { Curve } from '../plot/curves-plot';
import type { LinkedCandidate, MergeRequestReport } from '../report/report';

/** What the page is made of. */
export interface MergeRequestPageContent {
  readonly report: MergeRequestReport;
  readonly addresses: Addresses;
  /** The first candidates of the report, and what was logged to them. */
  readonly listed: readonly LinkedCandidate[];
  readonly details: ReadonlyMap<CandidateIid, CandidateDetails>;
  readonly curves: readonly Curve[];
  readonly now: Date;
}
