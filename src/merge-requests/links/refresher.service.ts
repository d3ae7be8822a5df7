import { Inject, Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import { Forge, type ForgeEvent } from '../../forge';
import { MergeRequestsOptions } from '../merge-requests.options';
import { MergeRequestsRepository } from '../publishing/merge-requests.repository';
import { JobQueue } from '../queue/job-queue';
import { LinksRepository } from './links.repository';

/** Follows what happens on the forge: new heads, new merge requests, closed ones. */
@Injectable()
export class Refresher {
  constructor(
    @Inject(Forge) private readonly forge: Forge,
    @Inject(MergeRequestsOptions) private readonly options: MergeRequestsOptions,
    private readonly links: LinksRepository,
    private readonly mergeRequests: MergeRequestsRepository,
    private readonly queue: JobQueue,
  ) {}

  /** The commit may be one that candidates already name, and the head of merge requests that we know. */
  async pushed({ project, branch, sha }: Extract<ForgeEvent, { kind: 'push' }>): Promise<void> {
    await this.links.markCommit(project, sha);
    await this.queue.link(project);
    for (const iid of await this.mergeRequests.openFrom(project, branch)) await this.queue.refresh(project, iid);
  }

  /** Takes in the merge request's new state, asks about the candidates of its head and branch again, and has it reported at once. */
  async refresh(project: ProjectId, iid: number): Promise<void> {
    const forgeProject = await this.forge.project({ id: project });
    const mergeRequest = forgeProject && (await this.forge.mergeRequest(forgeProject, iid));
    if (mergeRequest === undefined) return;
    const { source } = mergeRequest;
    await this.mergeRequests.save(project, mergeRequest);
    await this.links.markCommit(project, source.sha);
    if (source.sameProject) await this.links.markBranch(project, source.branch, iid);
    await this.queue.link(project);
    await this.queue.reportAfter(project, iid, this.options.firstReportAfter);
  }
}
