/** How the work on merge requests is paced. */
export interface MergeRequestsOptions {
  /** Milliseconds between a candidate's commit and the first report; lets the first writes of a candidate arrive. */
  readonly firstReportAfter: number;
  /** Milliseconds between two edits of one merge request's comment. */
  readonly editInterval: number;
  /** Milliseconds between looks for jobs whose time has come. */
  readonly pollInterval: number;
  /** Milliseconds between looks for changes that no job was put on the queue for. */
  readonly sweepInterval: number;
  /** Jobs that one process works on at once; each may hold a database connection. */
  readonly concurrency: number;
  /** The longest pause in milliseconds before a forge that does not answer is tried again. */
  readonly longestPause: number;
  /** Whether this process works on jobs; enqueuing happens in any case. */
  readonly work: boolean;
}

/** The token under which the options are injected. */
export const MergeRequestsOptions = Symbol('MergeRequestsOptions');

/** What holds unless a host says otherwise. */
export const mergeRequestsDefaults: MergeRequestsOptions = {
  firstReportAfter: 750,
  editInterval: 10_000,
  pollInterval: 1_000,
  sweepInterval: 30_000,
  concurrency: 2,
  longestPause: 60_000,
  work: true,
};
