/** How artifacts are limited. */
export interface ArtifactsOptions {
  /** The largest artifact in bytes; default 5 GiB. Larger ones answer 413. */
  readonly maxBytes: number;
}

/** The token under which it is injected. */
export const ArtifactsOptions = Symbol('ArtifactsOptions');

/** What holds where a host sets nothing. */
export const artifactsDefaults: ArtifactsOptions = { maxBytes: 5 * 1024 ** 3 };
