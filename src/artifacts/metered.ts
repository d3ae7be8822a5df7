import { Readable } from 'node:stream';
import { AssayError, invalid } from '../common';

/** What a body must keep to, in bytes. */
export interface Meter {
  readonly maxBytes: number;
  /** What the client announced. */
  readonly size?: number;
}

function tooLarge(maxBytes: number): AssayError {
  return new AssayError('too-large', `The artifact is larger than this server's limit of ${maxBytes} bytes`);
}

async function* counted(content: Readable, { maxBytes, size }: Meter): AsyncGenerator<Buffer> {
  let count = 0;
  const chunks = content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    for await (const chunk of chunks) {
      count += chunk.length;
      if (count > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw invalid(`The upload broke off after ${count} bytes; nothing of it was kept`);
  }
  if (size !== undefined && count !== size) {
    throw invalid(
      `The upload ended after ${count} of the ${size} bytes that Content-Length says; nothing of it was kept`,
    );
  }
}

/**
 * The same bytes, failing as soon as they break the meter. When the reader stops early the source stays whole,
 * so that a connection behind it can still carry the answer.
 * @throws AssayError `too-large` at once when the announced size is
 */
export function metered(content: Readable, meter: Meter): Readable {
  if (meter.size !== undefined && meter.size > meter.maxBytes) throw tooLarge(meter.maxBytes);
  return Readable.from(counted(content, meter), { objectMode: false });
}
