import { Counter } from 'prom-client';
import { assayMetrics } from '../common';

const bytes = new Counter({
  name: 'assay_artifact_bytes_total',
  help: 'Bytes of artifacts that went through this server, up from clients or down to them; broken transfers included.',
  labelNames: ['direction'],
  registers: [assayMetrics],
});
for (const direction of ['up', 'down']) bytes.inc({ direction }, 0);

/** So many bytes came from a client (`up`) or went to one (`down`). */
export function noteTransfer(direction: 'up' | 'down', count: number): void {
  bytes.inc({ direction }, count);
}
