import { Counter, Histogram } from 'prom-client';
import type { Pool } from 'pg';
import { AssayError, assayMetrics, GaugeOf } from '../common';
import { constraintViolation, isDatabaseUnavailable } from './failures';

const registers = [assayMetrics];
const powersOfTwo = [1, 2, 4, 8, 16, 32, 64, 128, 256];

const batchItems = new Histogram({
  name: 'assay_write_batch_items',
  help: 'Writes of clients that shared one commit.',
  buckets: powersOfTwo,
  registers,
});
const batchRows = new Histogram({
  name: 'assay_write_batch_rows',
  help: 'Rows of one commit of shared writes.',
  buckets: [2, 4, 16, 64, 256, 1_024, 4_096, 16_384],
  registers,
});

const waiting = { items: 0 };
new GaugeOf<typeof waiting>({
  name: 'assay_writes_waiting',
  help: 'Writes of clients that wait for the commit before theirs.',
  read: ({ items }) => [{ value: items }],
}).watch(waiting);

/** A write came and waits, if only until the next line. */
export function noteWaiting(): void {
  waiting.items += 1;
}

/** So many waiting writes are under way now, as one batch of so many rows. */
export function noteBatch(items: number, rows: number): void {
  waiting.items -= items;
  batchItems.observe(items);
  batchRows.observe(rows);
}

const kinds = ['unavailable', 'timeout', 'constraint', 'other'] as const;
const failures = new Counter({
  name: 'assay_database_failures_total',
  help: 'Statements that failed: the database was away, took too long, refused a row by a constraint, or anything else.',
  labelNames: ['kind'],
  registers,
});
for (const kind of kinds) failures.inc({ kind }, 0);

const cancelled = '57014';

function kindOf(error: unknown): (typeof kinds)[number] | undefined {
  if (isDatabaseUnavailable(error)) return 'unavailable';
  if (constraintViolation(error) !== undefined) return 'constraint';
  const code = (error as { code?: unknown } | null)?.code;
  if (code === cancelled) return 'timeout';
  return typeof code === 'string' ? 'other' : undefined;
}

/** What a feature refused or broke inside its transaction is no failure of the database. */
export function noteFailure(error: unknown): void {
  if (error instanceof AssayError) return;
  const kind = kindOf(error);
  if (kind !== undefined) failures.inc({ kind });
}

/** The pools whose connections are counted. */
export const pools = new GaugeOf<Pool>({
  name: 'assay_database_connections',
  help: 'Connections to the database: busy, idle, and how many may be open at most.',
  labelNames: ['state'],
  read: ({ totalCount, idleCount, options }) => [
    { labels: { state: 'busy' }, value: totalCount - idleCount },
    { labels: { state: 'idle' }, value: idleCount },
    { labels: { state: 'max' }, value: options.max },
  ],
});

/** The pools whose queues are counted. */
export const poolQueues = new GaugeOf<Pool>({
  name: 'assay_database_waiting',
  help: 'Statements that wait for a free connection.',
  read: ({ waitingCount }) => [{ value: waitingCount }],
});
