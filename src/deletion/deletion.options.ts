/** How what is deleted for good is removed. */
export interface DeletionOptions {
  /** Whether this process does the removing; default true. */
  readonly work: boolean;
  /** Days after which what was deleted is deleted for good by the server itself; absent: never, `assay gc` does it when it is run. */
  readonly gcAfterDays?: number;
  /** Milliseconds between looks for work that another process left. */
  readonly sweepInterval: number;
}

/** The token under which it is injected. */
export const DeletionOptions = Symbol('DeletionOptions');

/** What holds where a host sets nothing. */
export const deletionDefaults: DeletionOptions = { work: true, sweepInterval: 600_000 };
