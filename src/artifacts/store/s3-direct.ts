import { text } from 'node:stream/consumers';
import type { Client } from 'minio';
import type { DirectTransfers, PresignedDownloadOptions, StoredPart, UnfinishedUpload } from './direct-transfers';
import { s3Client, type S3Options } from './s3-client';
import { asS3Failure, s3Code } from './s3-failures';
import { escaped } from './s3-listing';
import { readParts, readUploads, type UploadsListing } from './s3-listing-xml';

/** What {@link S3Direct} needs of the store that it belongs to. */
export interface S3Ends {
  readonly client: Client;
  readonly options: S3Options;
  /** Makes the bucket when it is missing, and refuses a key that would be a file and a folder. */
  readonly prepare: (key: string) => Promise<void>;
}

/** All our keys begin so. */
const ours = 'projects/';

/** Presigned addresses and multipart uploads of a bucket. The addresses are signed for the origin that clients reach. */
export class S3Direct implements DirectTransfers {
  readonly reachable: boolean;
  private readonly client: Client;
  private readonly signer: Client;
  private readonly bucket: string;
  private readonly prepare: (key: string) => Promise<void>;

  constructor({ client, options, prepare }: S3Ends) {
    const { publicEndpoint, bucket } = options;
    this.client = client;
    this.reachable = publicEndpoint !== undefined;
    this.signer = publicEndpoint === undefined ? client : s3Client({ ...options, endpoint: publicEndpoint });
    this.bucket = bucket;
    this.prepare = prepare;
  }

  presignDownload(key: string, { seconds, disposition, contentType }: PresignedDownloadOptions): Promise<string> {
    const headers = { 'response-content-disposition': disposition, 'response-content-type': contentType };
    return this.presign('GET', key, seconds, headers);
  }

  async presignUpload(key: string, seconds: number): Promise<string> {
    return this.asking(key, async () => {
      await this.prepare(key);
      return this.presign('PUT', key, seconds);
    });
  }

  async begin(key: string, contentType: string): Promise<string> {
    return this.asking(key, async () => {
      await this.prepare(key);
      return this.client.initiateNewMultipartUpload(this.bucket, key, { 'Content-Type': contentType });
    });
  }

  presignPart(key: string, upload: string, part: number, seconds: number): Promise<string> {
    return this.presign('PUT', key, seconds, { partNumber: String(part), uploadId: upload });
  }

  async parts(key: string, upload: string): Promise<StoredPart[]> {
    return this.asking(key, async () => {
      const parts: StoredPart[] = [];
      for (let after: number | undefined = 0; after !== undefined;) {
        const marker = after === 0 ? '' : `part-number-marker=${after}&`;
        const page = readParts(await this.ask(`${marker}uploadId=${escaped(upload)}`, key));
        parts.push(...page.parts);
        after = page.next;
      }
      return parts;
    });
  }

  async complete(key: string, upload: string, parts: readonly Pick<StoredPart, 'part' | 'etag'>[]): Promise<void> {
    await this.asking(key, async () => {
      await this.prepare(key);
      await this.client.completeMultipartUpload(
        this.bucket,
        key,
        upload,
        parts.map(({ part, etag }) => ({ part, etag })),
      );
    });
  }

  async abort(key: string, upload: string): Promise<void> {
    await this.asking(key, () => this.client.abortMultipartUpload(this.bucket, key, upload)).catch((error: unknown) => {
      if ((error as { kind?: unknown }).kind !== 'not-found') throw error;
    });
  }

  async *unfinished(): AsyncGenerator<readonly UnfinishedUpload[]> {
    let page = await this.uploadsAfter();
    yield page.uploads;
    while (page.next !== undefined) {
      page = await this.uploadsAfter(page.next);
      yield page.uploads;
    }
  }

  private async uploadsAfter(marker?: { readonly key: string; readonly upload: string }): Promise<UploadsListing> {
    const query = [
      ...(marker === undefined ? [] : [`key-marker=${escaped(marker.key)}`]),
      'max-uploads=1000',
      `prefix=${escaped(ours)}`,
      ...(marker === undefined ? [] : [`upload-id-marker=${escaped(marker.upload)}`]),
      'uploads=',
    ];
    try {
      return readUploads(await this.ask(query.join('&')));
    } catch (error) {
      if (s3Code(error) === 'NoSuchBucket') return { uploads: [] };
      throw asS3Failure(error, ours);
    }
  }

  private presign(method: string, key: string, seconds: number, query: Record<string, string> = {}): Promise<string> {
    return this.signer.presignedUrl(method, this.bucket, key, seconds, query);
  }

  private async ask(query: string, objectName?: string): Promise<string> {
    const where = objectName === undefined ? {} : { objectName };
    return text(await this.client.makeRequestAsync({ method: 'GET', bucketName: this.bucket, query, ...where }));
  }

  private async asking<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw asS3Failure(error, key);
    }
  }
}
