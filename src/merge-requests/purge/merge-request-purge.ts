import { Injectable } from '@nestjs/common';
import type { CandidateIid, ProjectId } from '../../common';
import { Database, statement } from '../../database';
import { LinksRepository } from '../links/links.repository';
import type { MergeRequestsOptions } from '../merge-requests.options';
import { JobQueue } from '../queue/job-queue';

const unlink = statement(
  'merge-requests.purge.links',
  'DELETE FROM assay.merge_request_links WHERE project_id = $1 AND candidate_iid = $2',
);

/** Lets merge requests forget candidates that go for good. */
@Injectable()
export class MergeRequestPurge {
  constructor(
    private readonly database: Database,
    private readonly links: LinksRepository,
    private readonly queue: JobQueue,
  ) {}

  /** Removes the candidate's links. @param report whether its merge requests are to be reported anew */
  async forget(project: ProjectId, iid: CandidateIid, report: boolean): Promise<void> {
    await this.database.transaction(async (within) => {
      const touched = report ? await this.links.touchedBy(within, project, [iid]) : [];
      await within.query(unlink, [project, iid]);
      for (const mergeRequest of touched) await this.queue.report(within, project, mergeRequest);
    });
  }
}

/** One for outside of a server; its reports wait on the queue for a server to make them. */
export function openMergeRequestPurge(database: Database, options: MergeRequestsOptions): MergeRequestPurge {
  return new MergeRequestPurge(database, new LinksRepository(database), new JobQueue(database, options));
}
