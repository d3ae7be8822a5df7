import { Inject, Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import { Database, statement, type Queryable } from '../../database';
import { MergeRequestsOptions } from '../merge-requests.options';
import { jobsSchema, queueOf, tasks } from './tasks';

const add = statement(
  'queue.add',
  `SELECT id FROM ${jobsSchema}.add_job($1, payload => $2::json, queue_name => $3, job_key => $4,
     job_key_mode => $5, run_at => now() + $6 * interval '1 millisecond')`,
);
// One job a merge request: what comes while it waits joins it, and it waits until the last edit is old enough.
const addReport = statement(
  'queue.add-report',
  `SELECT id FROM ${jobsSchema}.add_job($1, payload => $2::json, queue_name => $3, job_key => $4,
     job_key_mode => 'preserve_run_at',
     run_at => greatest(now() + $5 * interval '1 millisecond',
       (SELECT reported_at FROM assay.merge_requests WHERE project_id = $6 AND iid = $7) + $8 * interval '1 millisecond'))`,
);

/** Puts work on the queue; inside a transaction it is there if, and only if, the transaction commits. */
@Injectable()
export class JobQueue {
  constructor(
    private readonly database: Database,
    @Inject(MergeRequestsOptions) private readonly options: MergeRequestsOptions,
  ) {}

  /** Has the project's pending candidates linked; several calls before it runs are one. */
  async link(project: ProjectId, options: { after?: number; tries?: number } = {}): Promise<void> {
    await this.add(tasks.link, { project, tries: options.tries ?? 0 }, `link:${String(project)}`, options.after ?? 0);
  }

  /** Has the merge request reported, soon after its first candidate and then at most once an interval. */
  async report(transaction: Queryable, project: ProjectId, mergeRequest: number): Promise<void> {
    const key = `report:${String(project)}:${String(mergeRequest)}`;
    const payload = JSON.stringify({ project, mergeRequest, tries: 0 });
    const { firstReportAfter, editInterval } = this.options;
    const values = [tasks.report, payload, queueOf(key), key, firstReportAfter, project, mergeRequest, editInterval];
    await transaction.query(addReport, values);
  }

  /** Has the merge request reported after so many milliseconds, whatever was planned. */
  async reportAfter(project: ProjectId, mergeRequest: number, after: number, tries = 0): Promise<void> {
    const key = `report:${String(project)}:${String(mergeRequest)}`;
    await this.add(tasks.report, { project, mergeRequest, tries }, key, after, 'replace');
  }

  /** Has a merge request that changed on the forge looked at. */
  async refresh(
    project: ProjectId,
    mergeRequest: number,
    options: { after?: number; tries?: number } = {},
  ): Promise<void> {
    const key = `refresh:${String(project)}:${String(mergeRequest)}`;
    await this.add(tasks.refresh, { project, mergeRequest, tries: options.tries ?? 0 }, key, options.after ?? 0);
  }

  private async add(
    task: string,
    payload: Readonly<Record<string, number>>,
    key: string,
    after: number,
    mode: 'replace' | 'preserve_run_at' = 'preserve_run_at',
  ): Promise<void> {
    await this.database.query(add, [task, JSON.stringify(payload), queueOf(key), key, mode, after]);
  }
}
