import { Counter } from 'prom-client';
import { assayMetrics, GaugeOf } from '../common';

const lookups = new Counter({
  name: 'assay_principal_lookups_total',
  help: 'Questions for the rights of a credential: answered from memory (hit), by a question under way (joined), by the forge (miss).',
  labelNames: ['outcome'],
  registers: [assayMetrics],
});

/** Hits come with nearly every request, so each child is made once. */
export const principalLookups = {
  hit: lookups.labels('hit'),
  joined: lookups.labels('joined'),
  miss: lookups.labels('miss'),
};
for (const child of Object.values(principalLookups)) child.inc(0);

/** The caches whose entries are counted. */
export const principalCaches = new GaugeOf<{ readonly size: number }>({
  name: 'assay_principals_cached',
  help: 'Answers of the forge about credentials that are kept now.',
  read: ({ size }) => [{ value: size }],
});
