import type { Readable } from 'node:stream';
import type { Client } from 'minio';
import { unavailable } from '../../common';
import type { ArtifactStore, ByteRange, StoredEntry, StoredFile, WalkedFile, WriteOptions } from './artifact-store';
import type { DirectTransfers } from './direct-transfers';
import { defaultRegion, s3Client, type S3Options } from './s3-client';
import { S3Direct } from './s3-direct';
import { asS3Failure, isAbsent, s3Code } from './s3-failures';
import { listPage, listPages } from './s3-listing';
import { uploadStream } from './s3-upload';
import { nameTaken } from './store-failures';

/** Artifacts in a bucket of an S3-compatible store, each under its key. */
export class S3Store implements ArtifactStore {
  readonly name = 's3';
  readonly direct: DirectTransfers;
  private readonly client: Client;
  private readonly bucket: string;

  constructor(private readonly options: S3Options) {
    this.client = s3Client(options);
    this.bucket = options.bucket;
    const prepare = (key: string): Promise<void> => this.withBucket(() => this.refuseClash(key));
    this.direct = new S3Direct({ client: this.client, options, prepare });
  }

  async write(key: string, content: Readable, { contentType, size, place }: WriteOptions = {}): Promise<void> {
    try {
      await this.withBucket(() => this.refuseClash(key));
      const target = { bucket: this.bucket, key, contentType: contentType ?? 'application/octet-stream' };
      await uploadStream(this.client, size === undefined ? target : { ...target, size }, content, place);
    } catch (error) {
      throw asS3Failure(error, key);
    } finally {
      content.destroy();
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    return this.asking(key, () =>
      range === undefined
        ? this.client.getObject(this.bucket, key)
        : this.client.getPartialObject(this.bucket, key, range.start, range.end - range.start + 1),
    );
  }

  async stat(key: string): Promise<StoredFile | undefined> {
    try {
      const { size, etag, lastModified } = await this.client.statObject(this.bucket, key);
      return { size, etag, modifiedAt: lastModified };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw asS3Failure(error, key);
    }
  }

  async list(folder: string): Promise<StoredEntry[]> {
    return this.asking(folder, async () => {
      const entries: StoredEntry[] = [];
      for await (const { files, folders } of listPages(this.client, {
        bucket: this.bucket,
        prefix: `${folder}/`,
        delimiter: '/',
      })) {
        for (const { key, size } of files.filter(isNoMarker))
          entries.push({ kind: 'file', name: lastSegment(key), size });
        for (const key of folders) entries.push({ kind: 'folder', name: lastSegment(key.slice(0, -1)) });
      }
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    });
  }

  async *walk(folder: string): AsyncGenerator<WalkedFile> {
    try {
      const query = { bucket: this.bucket, prefix: `${folder}/`, delimiter: '' } as const;
      for await (const { files } of listPages(this.client, query)) yield* files.filter(isNoMarker);
    } catch (error) {
      if (s3Code(error) !== 'NoSuchBucket') throw asS3Failure(error, folder);
    }
  }

  async delete(key: string): Promise<void> {
    await this.asking(key, () => this.client.removeObject(this.bucket, key));
  }

  async deleteBelow(folder: string): Promise<void> {
    await this.asking(folder, async () => {
      for await (const { files } of listPages(this.client, {
        bucket: this.bucket,
        prefix: `${folder}/`,
        delimiter: '',
      })) {
        if (files.length > 0) await this.removeAll(files.map(({ key }) => key));
      }
    });
  }

  async check(): Promise<void> {
    try {
      if (!(await this.client.bucketExists(this.bucket))) await this.makeBucket();
    } catch (error) {
      const reason = s3Code(error) || (error as Error).message;
      throw unavailable(
        `The artifact store ${this.options.endpoint} does not serve the bucket '${this.bucket}' (${reason}); check address, keys and bucket.`,
        error,
      );
    }
  }

  private async asking<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw asS3Failure(error, key);
    }
  }

  /** S3 itself would take both; a listing could then not tell them apart. */
  private async refuseClash(key: string): Promise<void> {
    const segments = key.split('/');
    const above = segments.map((_, index) => segments.slice(0, index).join('/')).slice(1);
    const [below, ...found] = await Promise.all([
      listPage(this.client, { bucket: this.bucket, prefix: `${key}/`, delimiter: '', limit: 1 }),
      ...above.map((folder) => this.stat(folder)),
    ]);
    if (below.files.length > 0 || found.some((file) => file !== undefined)) throw nameTaken(key);
  }

  private async removeAll(keys: string[]): Promise<void> {
    const answers = await this.client.removeObjects(this.bucket, keys);
    const failed = answers.find((answer) => answer?.Error !== undefined);
    if (failed?.Error !== undefined) throw Object.assign(new Error('S3 kept an object'), { code: failed.Error.Code });
  }

  private async withBucket(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (s3Code(error) !== 'NoSuchBucket') throw error;
      await this.makeBucket();
      await work();
    }
  }

  private async makeBucket(): Promise<void> {
    try {
      await this.client.makeBucket(this.bucket, this.options.region ?? defaultRegion);
    } catch (error) {
      if (s3Code(error) !== 'BucketAlreadyOwnedByYou') throw error;
    }
  }
}

function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** Some tools mark an empty folder by an empty object whose key ends in a slash. */
function isNoMarker({ key }: { key: string }): boolean {
  return !key.endsWith('/');
}
