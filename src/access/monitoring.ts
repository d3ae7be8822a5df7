import { Counter } from 'prom-client';
import { assayMetrics, GaugeOf } from '../common';

/** Plain numbers, because nearly every request comes with a hit; they become series when the metrics are read. */
export const principalLookups = { hit: 0, joined: 0, miss: 0 };

new Counter({
  name: 'assay_principal_lookups_total',
  help: 'Questions for the rights of a credential: answered from memory (hit), by a question under way (joined), by the forge (miss).',
  labelNames: ['outcome'],
  registers: [assayMetrics],
  collect() {
    this.reset();
    for (const [outcome, count] of Object.entries(principalLookups)) this.inc({ outcome }, count);
  },
});

/** The caches whose entries are counted. */
export const principalCaches = new GaugeOf<{ readonly size: number }>({
  name: 'assay_principals_cached',
  help: 'Answers of the forge about credentials that are kept now.',
  read: ({ size }) => [{ value: size }],
});
