/** How artifacts are limited. */
export interface ArtifactsOptions {
  /** The largest artifact in bytes; default 5 GiB. Larger ones answer 413. */
  readonly maxBytes: number;
  /** What one project may keep, in bytes, unless the operator gave it a limit of its own; absent: no limit. */
  readonly maxProjectBytes?: number;
  /** Milliseconds from one search for uploads that nobody completed to the next; default ten minutes. */
  readonly sweepInterval: number;
}

/** The token under which it is injected. */
export const ArtifactsOptions = Symbol('ArtifactsOptions');

/** What holds where a host sets nothing. */
export const artifactsDefaults: ArtifactsOptions = { maxBytes: 5 * 1024 ** 3, sweepInterval: 600_000 };
