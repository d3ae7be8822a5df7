import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpRequest } from '../../common';
import type { ReadableArtifact } from '../artifacts.service';
import { noteTransfer } from '../monitoring';
import { planAnswer } from './answer-plan';
import { takeResponse } from './exchange';

/** Fails when the store gives another number of bytes than were announced, so that no client takes them for the whole. */
class Exactly extends Transform {
  private count = 0;

  constructor(private readonly bytes: number) {
    super({ highWaterMark: 256 * 1024 });
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.count += chunk.length;
    noteTransfer('down', chunk.length);
    if (this.count > this.bytes) done(this.mismatch());
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    done(this.count === this.bytes ? null : this.mismatch());
  }

  private mismatch(): Error {
    return new Error(`The artifact store gave ${this.count} of ${this.bytes} bytes`);
  }
}

/**
 * Answers a request for an artifact: whole, one range of it, or not modified. When the store fails amid the body the connection
 * is cut, which clients see as an error.
 */
export async function sendArtifact(request: HttpRequest, response: object, artifact: ReadableArtifact): Promise<void> {
  const { status, headers, range } = planAnswer(artifact, request.headers);
  const content = range === undefined || request.method === 'HEAD' ? undefined : await artifact.read(range);
  const answer = takeResponse(response);
  answer.writeHead(status, headers);
  if (content === undefined || range === undefined) {
    answer.end();
    return;
  }
  await pipeline(content, new Exactly(range.end - range.start + 1), answer).catch(() => answer.destroy());
}
