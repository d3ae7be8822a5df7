import { AssayError, formatByteSize } from '../../common';

/** What a project keeps in the artifact store. */
export interface StorageUsage {
  readonly bytes: number;
  readonly files: number;
  /** Bytes; absent when there is none. */
  readonly limit?: number;
  /** Whether the limit is the project's own rather than the server's. */
  readonly ownLimit: boolean;
  /** When the store itself was last counted. */
  readonly countedAt: Date;
}

/** Signed differences. */
export interface StorageChange {
  readonly bytes: number;
  readonly files: number;
}

/** A file of a project. */
export interface ProjectFile {
  /** Below the project, as clients say it. */
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

const wayOut =
  'Delete artifacts or candidates that nobody needs (deleted ones give their room back when they are deleted for good), ' +
  'or ask the operator for a higher limit.';

/** An upload does not fit below the project's limit. */
export function storageFull(usage: Pick<StorageUsage, 'bytes' | 'limit'>): AssayError {
  const limit = formatByteSize(usage.limit ?? 0);
  const used = formatByteSize(usage.bytes);
  return new AssayError(
    'too-large',
    `The project's artifacts use ${used} of the limit of ${limit} (${usage.bytes} of ${usage.limit ?? 0} bytes); this upload does not fit, and nothing of it was kept. ${wayOut}`,
  );
}
