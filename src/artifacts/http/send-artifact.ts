import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpRequest } from '../../common';
import type { Artifact } from '../artifacts.service';
import { noteTransfer } from '../monitoring';
import type { ByteRange } from '../store/artifact-store';
import { planAnswer } from './answer-plan';
import { takeResponse } from './exchange';

/** Fails when the store gives another number of bytes than were announced, so that no client takes them for the whole. */
async function* exactly(content: Readable, bytes: number): AsyncGenerator<Buffer> {
  let count = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      count += chunk.length;
      if (count > bytes) break;
      yield chunk;
    }
  } finally {
    noteTransfer('down', count);
  }
  if (count !== bytes) throw new Error(`The artifact store gave ${count} of ${bytes} bytes`);
}

/**
 * Answers a request for an artifact: whole, one range of it, or not modified. When the store fails amid the body the connection
 * is cut, which clients see as an error.
 * @param open reads the bytes of a range; its refusal is thrown before anything is sent
 */
export async function sendArtifact(
  request: HttpRequest,
  response: object,
  artifact: Artifact,
  open: (range: ByteRange) => Promise<Readable>,
): Promise<void> {
  const { status, headers, range } = planAnswer(artifact, request.headers);
  const content = range === undefined || request.method === 'HEAD' ? undefined : await open(range);
  const answer = takeResponse(response);
  answer.writeHead(status, headers);
  if (content === undefined || range === undefined) {
    answer.end();
    return;
  }
  const body = Readable.from(exactly(content, range.end - range.start + 1), { objectMode: false });
  await pipeline(body, answer).catch(() => answer.destroy());
}
