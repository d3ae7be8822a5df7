import { Inject, Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import { ProjectsService } from '../../projects';
import { MergeRequestsOptions } from '../merge-requests.options';
import { MergeRequestsRepository } from '../publishing/merge-requests.repository';
import { JobQueue } from '../queue/job-queue';
import { LinksRepository } from './links.repository';

/** Finds work that nobody put on the queue. */
@Injectable()
export class Sweeper {
  private readonly settings = new Map<ProjectId, string>();

  constructor(
    @Inject(MergeRequestsOptions) private readonly options: MergeRequestsOptions,
    private readonly projects: ProjectsService,
    private readonly links: LinksRepository,
    private readonly mergeRequests: MergeRequestsRepository,
    private readonly queue: JobQueue,
  ) {}

  /** Candidates whose process ended between their commit and their job, and reports made with settings that were changed since. */
  async sweep(): Promise<void> {
    const projects = await this.projects.enabledProjects();
    for (const project of await this.links.pendingOf(projects.map(({ id }) => id))) await this.queue.link(project);
    for (const { id, settings } of projects) {
      const now = JSON.stringify(settings);
      const before = this.settings.get(id);
      this.settings.set(id, now);
      if (before !== undefined && before !== now) await this.reportAll(id);
    }
  }

  private async reportAll(project: ProjectId): Promise<void> {
    for (const iid of await this.mergeRequests.openWithCandidates(project)) {
      await this.queue.reportAfter(project, iid, this.options.firstReportAfter);
    }
  }
}
