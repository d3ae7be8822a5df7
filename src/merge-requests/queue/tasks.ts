import { createHash } from 'node:crypto';

/** The PostgreSQL schema of the job queue's own tables. */
export const jobsSchema = 'assay_jobs';

/** The names of our jobs. */
export const tasks = {
  link: 'link-candidates',
  refresh: 'refresh-merge-request',
  report: 'report-merge-request',
} as const;

const lanes = 64;

/** Jobs of one key never run at the same time: they share a lane. Few lanes for all, because the queue keeps a row for each. */
export function queueOf(key: string): string {
  const hash = createHash('sha256').update(key).digest().readUInt16BE(0);
  return `lane-${String(hash % lanes)}`;
}
