import { Counter, Histogram } from 'prom-client';
import { assayMetrics, GaugeOf } from '../../common';
import { statement, type Queryable } from '../../database';
import { jobsSchema, tasks } from './tasks';

const registers = [assayMetrics];
const outcomes = ['done', 'gone', 'retried', 'failed'] as const;

/** `gone`: what it was about is not there any more; `retried`: what failed may pass; `failed`: a defect, which the queue counts. */
export type JobOutcome = (typeof outcomes)[number];

const jobs = new Counter({
  name: 'assay_jobs_total',
  help: 'Jobs that ended, by task: done, gone (nothing to do any more), retried (tried again later), failed (a defect).',
  labelNames: ['task', 'outcome'],
  registers,
});
const durations = new Histogram({
  name: 'assay_job_duration_seconds',
  help: 'How long a job ran, whatever its outcome.',
  labelNames: ['task'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60],
  registers,
});
for (const task of Object.values(tasks)) for (const outcome of outcomes) jobs.inc({ task, outcome }, 0);

/** Counts and times a job that tells its outcome or rejects. */
export async function measuredJob(task: string, work: () => Promise<JobOutcome>): Promise<void> {
  const began = performance.now();
  let outcome: JobOutcome = 'failed';
  try {
    outcome = await work();
  } finally {
    jobs.inc({ task, outcome });
    durations.observe({ task }, (performance.now() - began) / 1_000);
  }
}

const waiting = statement(
  'queue.waiting',
  `SELECT t.identifier AS task, count(*) AS jobs, count(*) FILTER (WHERE j.run_at < now()) AS due
     FROM ${jobsSchema}._private_jobs j JOIN ${jobsSchema}._private_tasks t ON t.id = j.task_id
    WHERE j.locked_at IS NULL GROUP BY 1`,
);

interface Waiting {
  readonly task: string;
  readonly jobs: number;
  readonly due: number;
}

/** The queues whose waiting jobs are counted; every process sees the same ones. */
export const waitingJobs = new GaugeOf<Queryable>({
  name: 'assay_jobs_waiting',
  help: 'Jobs on the queue that nobody works on: due now, or planned for later.',
  labelNames: ['task', 'when'],
  aggregator: 'max',
  read: async (database) => {
    const rows = await database.query<Waiting & Record<string, unknown>>(waiting);
    return Object.values(tasks).flatMap((task) => {
      const { jobs: all, due } = rows.find((row) => row.task === task) ?? { jobs: 0, due: 0 };
      return [
        { labels: { task, when: 'due' }, value: due },
        { labels: { task, when: 'later' }, value: all - due },
      ];
    });
  },
});
