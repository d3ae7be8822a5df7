import type { Readable } from 'node:stream';
import type { DirectTransfers } from './direct-transfers';
import type { Leftovers } from './upload-leftovers';

/** What a store knows of one file. */
export interface StoredFile {
  /** Bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
  /** Changes whenever the content is written anew; opaque, without quotes, not a checksum. */
  readonly etag: string;
}

/** Both ends count from 0 and are included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One line of a listing. `name` is the last segment alone. */
export type StoredEntry =
  | { readonly kind: 'file'; readonly name: string; readonly size: number }
  | { readonly kind: 'folder'; readonly name: string };

/** One file of a walk. */
export interface WalkedFile {
  /** The whole of it. */
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

/** What the writer of a file knows beforehand. */
export interface WriteOptions {
  /** For people who look into the store; what we serve goes by the file's name. */
  readonly contentType?: string;
  /** Bytes, when the client said so. The store may plan with it; the caller checks it. */
  readonly size?: number;
  /**
   * Called once, when the whole content has arrived and is only to be put under its key, which `put` does. When it throws, the store
   * keeps nothing of the content.
   */
  readonly place?: (put: () => Promise<void>) => Promise<void>;
}

/**
 * Where artifacts lie. Keys are segments joined by `/`, already checked by {@link artifactKey}.
 * A file and a folder never have one name: writing `a/b` where `a` is a file, or `a` where `a/b` is, throws `conflict`.
 * A store that does not answer, is full or refuses our credentials throws `unavailable`.
 */
export interface ArtifactStore {
  /** `file` or `s3`, for logs and health. */
  readonly name: string;
  /** Absent where clients and store have no way to each other. */
  readonly direct?: DirectTransfers;
  /** Takes the whole content or nothing: a file that broke off is never listed. Replaces a file of that key. Leaves `content` destroyed. */
  write(key: string, content: Readable, options?: WriteOptions): Promise<void>;
  /** The caller reads the stream to its end or destroys it. @throws AssayError `not-found` */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Undefined for folders and for what is not there. */
  stat(key: string): Promise<StoredFile | undefined>;
  /** One level below a folder's key, sorted by name; empty when there is no such folder. */
  list(folder: string): Promise<StoredEntry[]>;
  /** All files below a folder's key, at any depth and in any order; none when there is no such folder. */
  walk(folder: string): AsyncIterable<WalkedFile>;
  /** Removes a file; no error when it is not there. */
  delete(key: string): Promise<void>;
  /** Removes all files below a folder's key; no error when there are none. */
  deleteBelow(folder: string): Promise<void>;
  /** Counts, and removes when told so, what killed processes left of uploads; absent where the store itself lets go of it. */
  leftovers?(remove: boolean): Promise<Leftovers>;
  /** Makes ready what the store needs (folders, the bucket) and tries it. @throws AssayError `unavailable`, saying what an operator can mend */
  check(): Promise<void>;
}

/** The token under which it is injected. */
export const ArtifactStore = Symbol('ArtifactStore');
