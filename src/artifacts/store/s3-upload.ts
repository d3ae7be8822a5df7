import type { Readable } from 'node:stream';
import type { Client } from 'minio';
import { AssayError } from '../../common';
import type { WriteOptions } from './artifact-store';
import { inParts, PartBuffers, type Part } from './part-buffers';

const mebibyte = 1024 * 1024;
/** S3's own limit of parts an upload. */
const maxParts = 10_000;
const leastPartSize = 8 * mebibyte;
/** Parts on their way at once, and one that fills: 32 MiB an upload. */
const buffersPerUpload = 4;

/** One object to be written. */
export interface S3Target {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  /** Bytes, when known. */
  readonly size?: number;
}

interface SentPart {
  readonly part: number;
  readonly etag: string;
}

function partSizeFor(size: number | undefined): number {
  if (size === undefined) return leastPartSize;
  if (size <= leastPartSize) return Math.max(size, 1);
  return Math.max(leastPartSize, Math.ceil(size / maxParts / mebibyte) * mebibyte);
}

/**
 * Sends a stream of any length: in one piece when it fits into a part, else as a multipart upload with parts side by side.
 * Whatever fails, the upload is aborted and the object stays as it was.
 */
export async function uploadStream(
  client: Client,
  target: S3Target,
  content: Readable,
  place: NonNullable<WriteOptions['place']> = (put) => put(),
): Promise<void> {
  const buffers = new PartBuffers(partSizeFor(target.size), buffersPerUpload);
  const parts = inParts(content, buffers);
  const first = await parts.next();
  if (first.done === true) return;
  const second = await parts.next();
  if (second.done === true) return place(() => sendWhole(client, target, first.value));
  await sendParts({ client, target, place }, resumed([first.value, second.value], parts), buffers);
}

async function* resumed(read: readonly Part[], rest: AsyncGenerator<Part>): AsyncGenerator<Part> {
  yield* read;
  yield* rest;
}

async function sendWhole(client: Client, { bucket, key, contentType }: S3Target, part: Part): Promise<void> {
  const body = part.buffer.subarray(0, part.length);
  await client.putObject(bucket, key, body, part.length, { 'Content-Type': contentType });
}

async function sendParts(
  { client, target, place }: { client: Client; target: S3Target; place: NonNullable<WriteOptions['place']> },
  parts: AsyncGenerator<Part>,
  buffers: PartBuffers,
): Promise<void> {
  const { bucket, key, contentType } = target;
  const upload = await client.initiateNewMultipartUpload(bucket, key, { 'Content-Type': contentType });
  const sending: Promise<SentPart | undefined>[] = [];
  const failures: unknown[] = [];
  try {
    for await (const part of parts) {
      if (failures.length > 0) break;
      if (sending.length === maxParts) throw tooManyParts(buffers.size);
      sending.push(
        sendPart(client, target, upload, sending.length + 1, part)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => {
            buffers.give(part.buffer);
          }),
      );
    }
    const sent = await Promise.all(sending);
    if (failures.length > 0) throw failures[0];
    const arrived = sent.filter((part) => part !== undefined);
    await place(async () => {
      await client.completeMultipartUpload(bucket, key, upload, arrived);
    });
  } catch (error) {
    await Promise.all(sending);
    await client.abortMultipartUpload(bucket, key, upload).catch(() => undefined);
    throw error;
  }
}

async function sendPart(
  client: Client,
  { bucket, key }: S3Target,
  uploadID: string,
  partNumber: number,
  part: Part,
): Promise<SentPart> {
  const body = part.buffer.subarray(0, part.length);
  const { etag } = await client.uploadPart(
    { bucketName: bucket, objectName: key, uploadID, partNumber, headers: {} },
    body,
  );
  return { part: partNumber, etag };
}

function tooManyParts(partSize: number): AssayError {
  return new AssayError(
    'too-large',
    `An upload without Content-Length ends at ${partSize * maxParts} bytes; say its length beforehand`,
  );
}
