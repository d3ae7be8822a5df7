import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { AssayError, invalid } from '../common';
import { noteTransfer } from './monitoring';

/** What a body must keep to, in bytes. */
export interface Meter {
  readonly maxBytes: number;
  /** What the client announced. */
  readonly size?: number;
  /** What is thrown above `maxBytes`; unless told, that this server's limit is reached. */
  readonly refuse?: () => AssayError;
  /** Told how many bytes there were, once all of them came. */
  readonly ended?: (bytes: number) => void;
}

/** The refusal of a body above the meter's limit. */
export function tooLarge({ maxBytes, refuse }: Meter): AssayError {
  if (refuse !== undefined) return refuse();
  return new AssayError('too-large', `The artifact is larger than this server's limit of ${maxBytes} bytes`);
}

class Metered extends Transform {
  private count = 0;

  constructor(private readonly meter: Meter) {
    super({ highWaterMark: 64 * 1024 });
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.count += chunk.length;
    noteTransfer('up', chunk.length);
    if (this.count > this.meter.maxBytes) done(tooLarge(this.meter));
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    const { size, ended } = this.meter;
    if (size === undefined || this.count === size) {
      ended?.(this.count);
      done();
      return;
    }
    const text = `The upload ended after ${this.count} of the ${size} bytes that Content-Length says; nothing of it was kept`;
    done(invalid(text));
  }

  breakOff(): void {
    this.destroy(invalid(`The upload broke off after ${this.count} bytes; nothing of it was kept`));
  }
}

/**
 * The same bytes, failing as soon as they break the meter. When the reader stops early the source stays whole,
 * so that a connection behind it can still carry the answer.
 * @throws AssayError `too-large` at once when the announced size is
 */
export function metered(content: Readable, meter: Meter): Readable {
  if (meter.size !== undefined && meter.size > meter.maxBytes) throw tooLarge(meter);
  const body = new Metered(meter);
  // It may fail before anybody reads it; whoever does then gets the error.
  body.on('error', () => undefined);
  const breakOff = (): void => {
    body.breakOff();
  };
  content.once('error', breakOff);
  content.once('close', () => {
    if (!content.readableEnded) breakOff();
  });
  // Unlike a pipeline, a pipe lets go of its source and does not end it.
  return content.pipe(body);
}
