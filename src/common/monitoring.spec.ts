import { assayMetrics, GaugeOf } from './monitoring';

interface Source {
  readonly answer: () => number | Promise<number>;
}

const kinds = new GaugeOf<Source>({
  name: 'test_asked',
  help: 'For this test.',
  labelNames: ['kind'],
  read: async ({ answer }) => [{ labels: { kind: 'some' }, value: await answer() }],
});

async function read(): Promise<number[]> {
  const metric = await assayMetrics.getSingleMetric('test_asked')?.get();
  return (metric?.values ?? []).map(({ value }) => value);
}

const of = (value: number): Source => ({ answer: () => value });
const soon = (value: number): Source => ({ answer: () => new Promise((resolve) => setTimeout(resolve, 5, value)) });

describe('a gauge that asks its sources', () => {
  let ends: (() => void)[];

  beforeEach(() => {
    ends = [];
  });
  afterEach(() => {
    for (const end of ends) end();
  });

  function watch(...sources: Source[]): void {
    ends.push(...sources.map((source) => kinds.watch(source)));
  }

  it('adds up what they answer under equal labels, and has no values without them', async () => {
    expect(await read()).toEqual([]);
    watch(of(2), soon(3));
    expect(await read()).toEqual([5]);
    ends.pop()?.();
    expect(await read()).toEqual([2]);
  });

  it('counts nothing twice when two ask at a time', async () => {
    watch(soon(3), soon(4));
    expect(await Promise.all([read(), read(), read()])).toEqual([[7], [7], [7]]);
  });

  it('leaves out a source that fails, at once or later', async () => {
    const fails = (): never => {
      throw new Error('away');
    };
    watch(of(2), { answer: fails }, { answer: () => Promise.reject(new Error('away')) });
    expect(await read()).toEqual([2]);
  });

  it('does not wait for a source that never answers', async () => {
    jest.useFakeTimers();
    try {
      watch(of(2), { answer: () => new Promise(() => undefined) });
      const values = read();
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await values).toEqual([2]);
    } finally {
      jest.useRealTimers();
    }
  });
});
