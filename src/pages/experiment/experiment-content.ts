import type { CandidateDetails } from '../../candidates';
import type { Addresses, AssayError, Page } from '../../common';
import type { Experiment } from '../../experiments';

/** What was asked of the experiment's candidates, as it was typed. */
export interface CandidatesQuestion {
  readonly filter: string | undefined;
  readonly orderBy: string | undefined;
  readonly pageToken: string | undefined;
}

/** What the page shows. */
export interface ExperimentPageContent {
  readonly addresses: Addresses;
  readonly path: string;
  readonly experiment: Experiment;
  readonly question: CandidatesQuestion;
  readonly found: Page<CandidateDetails>;
  /** Why the question could not be answered. */
  readonly error: AssayError | undefined;
}
