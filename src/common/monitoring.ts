import { Gauge, Registry, type Aggregator } from 'prom-client';

/**
 * Every measure of Assay's, of all its mounts in this process; the folder that measures declares it. A host may merge it into its
 * own registry: `Registry.merge([own, assayMetrics])`. No label holds an id, so that the number of series is bounded.
 */
export const assayMetrics = new Registry();

/** Upper bounds in seconds of whatever answers within a request. */
export const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** One value of a gauge. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge whose values are asked for when the metrics are read. */
export interface AskedGauge<Source> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  /** How the values of several processes become one; default their sum. `max` is for what all of them see alike. */
  readonly aggregator?: Aggregator;
  readonly read: (source: Source) => readonly Sample[] | Promise<readonly Sample[]>;
}

/** Milliseconds that a source has to answer; one that is late or away has no values this time, and holds up nobody. */
const patience = 2_000;

function late(): Promise<readonly Sample[]> {
  return new Promise((resolve) => {
    setTimeout(resolve, patience, []).unref();
  });
}

/** Declares an {@link AskedGauge}: what several sources answer under equal labels is added up. */
export class GaugeOf<Source> {
  private readonly sources = new Set<Source>();

  constructor({ read, labelNames = [], ...rest }: AskedGauge<Source>) {
    const gauge = new Gauge({
      ...rest,
      labelNames: [...labelNames],
      registers: [assayMetrics],
      collect: async () => {
        const answers = await Promise.all([...this.sources].map((source) => this.ask(read, source)));
        gauge.reset();
        for (const { labels = {}, value } of answers.flat()) gauge.inc({ ...labels }, value);
      },
    });
  }

  /** From now on the source is asked as well. @returns a function that ends it */
  watch(source: Source): () => void {
    this.sources.add(source);
    return () => this.sources.delete(source);
  }

  private async ask(read: AskedGauge<Source>['read'], source: Source): Promise<readonly Sample[]> {
    const answer = Promise.resolve()
      .then(() => read(source))
      .catch((): readonly Sample[] => []);
    return Promise.race([answer, late()]);
  }
}
