import { Counter } from 'prom-client';
import { assayMetrics } from '../common';
import { freePassedBuffers } from './passed-buffers';

const bytes = new Counter({
  name: 'assay_artifact_bytes_total',
  help: 'Bytes of artifacts that went through this server, up from clients or down to them; broken transfers included.',
  labelNames: ['direction'],
  registers: [assayMetrics],
});
const children = { up: bytes.labels('up'), down: bytes.labels('down') };
for (const child of Object.values(children)) child.inc(0);

/** So many bytes came from a client (`up`) or went to one (`down`): they are counted, and their buffers let go. */
export function noteTransfer(direction: 'up' | 'down', count: number): void {
  children[direction].inc(count);
  freePassedBuffers(count);
}
