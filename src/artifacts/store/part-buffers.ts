/** A few buffers of one size that are used again and again, so that memory stays bounded however long an upload is. */
export class PartBuffers {
  private readonly free: Buffer[] = [];
  private readonly waiting: ((buffer: Buffer) => void)[] = [];
  private made = 0;

  constructor(
    readonly size: number,
    private readonly count: number,
  ) {}

  /** Waits until one is given back when all are taken. */
  take(): Promise<Buffer> {
    const free = this.free.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (this.made < this.count) {
      this.made += 1;
      return Promise.resolve(Buffer.allocUnsafeSlow(this.size));
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Hands a buffer of {@link take} back. */
  give(buffer: Buffer): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free.push(buffer);
    else next(buffer);
  }
}

/** A piece of a stream: the first `length` bytes of the buffer. */
export interface Part {
  readonly buffer: Buffer;
  readonly length: number;
}

/** Cuts a stream into parts that fill a buffer each; the last one may be shorter, and an empty stream is one empty part. */
export async function* inParts(content: AsyncIterable<Buffer>, buffers: PartBuffers): AsyncGenerator<Part> {
  let buffer = await buffers.take();
  let length = 0;
  let cut = 0;
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length;) {
      if (length === buffer.length) {
        yield { buffer, length };
        cut += 1;
        buffer = await buffers.take();
        length = 0;
      }
      const copied = chunk.copy(buffer, length, at);
      length += copied;
      at += copied;
    }
  }
  if (length > 0 || cut === 0) yield { buffer, length };
}
