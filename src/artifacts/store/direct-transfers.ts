/** A part of a multipart upload that the store has. */
export interface StoredPart {
  /** From 1. */
  readonly part: number;
  /** Without quotes. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
}

/** A multipart upload that nobody completed or aborted. */
export interface UnfinishedUpload {
  readonly key: string;
  /** The store's own name of it. */
  readonly upload: string;
  readonly startedAt: Date;
}

/** How a presigned download is served. */
export interface PresignedDownloadOptions {
  /** How long the address works. */
  readonly seconds: number;
  /** The header of the answer; browsers must save and not show the file. */
  readonly disposition: string;
  readonly contentType: string;
}

/**
 * What a store can do beside streaming through us. Keys are as in {@link ArtifactStore}. A presigned address is a capability: whoever
 * has it may use it, so it is never logged. An unknown upload is `not-found`.
 */
export interface DirectTransfers {
  /** Whether the presigned addresses lead clients anywhere; else they must not be handed out. */
  readonly reachable: boolean;
  presignDownload(key: string, options: PresignedDownloadOptions): Promise<string>;
  /** @throws AssayError `conflict` where the key would be a file and a folder */
  presignUpload(key: string, seconds: number): Promise<string>;
  /** @returns the store's name of a new multipart upload @throws AssayError `conflict` where the key would be a file and a folder */
  begin(key: string, contentType: string): Promise<string>;
  presignPart(key: string, upload: string, part: number, seconds: number): Promise<string>;
  /** Those that have arrived, by number. */
  parts(key: string, upload: string): Promise<StoredPart[]>;
  /** Makes the file of these parts, sorted by number; replaces a file of that key. */
  complete(key: string, upload: string, parts: readonly Pick<StoredPart, 'part' | 'etag'>[]): Promise<void>;
  /** Lets go of what has arrived; no error when there is no such upload. */
  abort(key: string, upload: string): Promise<void>;
  /** All below our part of the store, page by page. MinIO tells of none: it ends them by itself after a day. */
  unfinished(): AsyncIterable<readonly UnfinishedUpload[]>;
}
