import { AssayError } from '../common';
import { noteBatch, noteWaiting } from './monitoring';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** What a coalescer does with its items. */
export interface CoalescerOptions<Item, Result> {
  /** Does all the items in one transaction and answers one result for each, in their order; or rejects, and then nothing of them took effect. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** How heavy one item is, in the unit of `maxWeight`. */
  readonly weigh: (item: Item) => number;
  /** A batch stops growing here; one heavier item still goes alone. */
  readonly maxWeight: number;
  /** The items only read; they are not counted among the writes. */
  readonly reads?: true;
  /** Called whenever nothing waits and nothing is under way any more. */
  readonly onIdle?: () => void;
}

/**
 * Group commit, and the same for reads: items that arrive while a batch is under way share the next one. An item that finds nothing under way starts at
 * once, so a lonely caller waits for nothing. When a batch is refused it is halved until the bad item fails alone.
 */
export class Coalescer<Item, Result> {
  private queue: Waiting<Item, Result>[] = [];
  private busy = false;

  constructor(private readonly options: CoalescerOptions<Item, Result>) {}

  /** Resolves when the item's batch is done: committed, or read after this call. */
  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.queue.push({ item, weight: this.options.weigh(item), resolve, reject });
      if (!this.options.reads) noteWaiting();
      if (!this.busy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.busy = true;
    while (this.queue.length > 0) await this.settle(this.nextBatch());
    this.busy = false;
    this.options.onIdle?.();
  }

  private nextBatch(): Waiting<Item, Result>[] {
    let count = 0;
    let weight = 0;
    for (const waiting of this.queue) {
      if (count > 0 && weight + waiting.weight > this.options.maxWeight) break;
      weight += waiting.weight;
      count += 1;
    }
    if (!this.options.reads) noteBatch(count, weight);
    return this.queue.splice(0, count);
  }

  private async settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.run(batch.map(({ item }) => item));
      batch.forEach((waiting, index) => {
        waiting.resolve(results[index] as Result);
      });
    } catch (error) {
      await this.settleRefused(batch, error);
    }
  }

  private async settleRefused(batch: readonly Waiting<Item, Result>[], error: unknown): Promise<void> {
    const lost = error instanceof AssayError && error.kind === 'unavailable';
    if (batch.length === 1 || lost) {
      for (const waiting of batch) waiting.reject(error);
      return;
    }
    const middle = batch.length >> 1;
    await this.settle(batch.slice(0, middle));
    await this.settle(batch.slice(middle));
  }
}
