import fc from 'fast-check';
import { unavailable } from '../common';
import { Coalescer } from './coalescer';

interface Item {
  readonly id: number;
  readonly weight: number;
  readonly bad: boolean;
}

/** Commits whole batches without a bad item; refuses the others. */
class Store {
  readonly batches: number[][] = [];
  readonly committed: number[] = [];
  rests = 0;

  async run(items: readonly Item[]): Promise<string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    this.batches.push(items.map(({ id }) => id));
    if (items.some(({ bad }) => bad)) throw new Error('refused');
    this.committed.push(...items.map(({ id }) => id));
    return items.map(({ id }) => `done ${id}`);
  }
}

function coalescerOf(store: Store, maxWeight = 100): Coalescer<Item, string> {
  return new Coalescer({
    run: (items) => store.run(items),
    weigh: ({ weight }) => weight,
    maxWeight,
    onIdle: () => (store.rests += 1),
  });
}

const good = (id: number): Item => ({ id, weight: 1, bad: false });

describe('a coalescer', () => {
  it('starts a lonely item at once and lets those that come meanwhile share the next batch', async () => {
    const store = new Store();
    const coalescer = coalescerOf(store);
    await Promise.all([1, 2, 3, 4].map((id) => coalescer.submit(good(id))));
    expect(store.batches).toEqual([[1], [2, 3, 4]]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.rests).toBe(1);
  });

  it('closes a batch at its weight, and lets a heavier item go alone', async () => {
    const store = new Store();
    const coalescer = coalescerOf(store, 10);
    const weights = [1, 6, 4, 1, 50, 2];
    await Promise.all(weights.map((weight, id) => coalescer.submit({ id, weight, bad: false })));
    expect(store.batches).toEqual([[0], [1, 2], [3], [4], [5]]);
  });

  it('refuses the whole batch without trying its parts when the database is away', async () => {
    let tries = 0;
    const coalescer = new Coalescer<Item, string>({
      run: async () => {
        tries += 1;
        await Promise.resolve();
        throw unavailable('away');
      },
      weigh: () => 1,
      maxWeight: 100,
    });
    const ends = await Promise.allSettled([1, 2, 3].map((id) => coalescer.submit(good(id))));
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(2);
  });

  it('answers every item its own result, commits every good one once and in order, and refuses the bad ones alone', async () => {
    const items = fc.array(
      fc.record({ weight: fc.integer({ min: 1, max: 12 }), bad: fc.boolean(), later: fc.boolean() }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 30 }), async (plan, maxWeight) => {
        const store = new Store();
        const coalescer = coalescerOf(store, maxWeight);
        const ends: Promise<PromiseSettledResult<string>[]>[] = [];
        for (const [id, { weight, bad, later }] of plan.entries()) {
          ends.push(Promise.allSettled([coalescer.submit({ id, weight, bad })]));
          if (later) await new Promise((resolve) => setImmediate(resolve));
        }
        const settled = (await Promise.all(ends)).flat();
        settled.forEach((end, id) => {
          expect(end.status).toBe(plan[id]?.bad === true ? 'rejected' : 'fulfilled');
          if (end.status === 'fulfilled') expect(end.value).toBe(`done ${id}`);
        });
        expect(store.committed).toEqual(plan.flatMap(({ bad }, id) => (bad ? [] : [id])));
      }),
      { numRuns: 60 },
    );
  });
});
