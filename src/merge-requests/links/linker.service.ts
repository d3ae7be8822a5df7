import { Inject, Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import { Database, type Queryable } from '../../database';
import { Forge } from '../../forge';
import { MergeRequestsRepository } from '../publishing/merge-requests.repository';
import { JobQueue } from '../queue/job-queue';
import type { LinkableCandidate } from './link';
import { LinkFinder, type FoundLinks } from './link-finder';
import { LinksRepository } from './links.repository';

/** Candidates that one round asks about. */
const roundSize = 200;

/** Links candidates to merge requests, and has the touched ones reported. */
@Injectable()
export class Linker {
  constructor(
    @Inject(Forge) private readonly forge: Forge,
    private readonly database: Database,
    private readonly links: LinksRepository,
    private readonly mergeRequests: MergeRequestsRepository,
    private readonly queue: JobQueue,
  ) {}

  /** Works through the project's pending candidates. The forge is asked before, never within, the transaction that writes. */
  async link(project: ProjectId): Promise<void> {
    const forgeProject = await this.forge.project({ id: project });
    if (forgeProject === undefined) return;
    const finder = new LinkFinder(this.forge, forgeProject);
    for (;;) {
      const round = await this.links.pending(project, roundSize);
      if (round.length === 0) return;
      const found: FoundLinks[] = [];
      for (const candidate of round) found.push(await finder.find(candidate));
      await this.database.transaction((transaction) => this.write(transaction, project, round, found));
    }
  }

  private async write(
    transaction: Queryable,
    project: ProjectId,
    round: readonly LinkableCandidate[],
    found: readonly FoundLinks[],
  ): Promise<void> {
    const settled = await this.links.settle(transaction, project, round);
    const mergeRequests = new Map(found.flatMap((each) => each.mergeRequests.map((one) => [one.iid, one] as const)));
    const inOrder = [...mergeRequests.values()].sort((a, b) => a.iid - b.iid);
    for (const one of inOrder) await this.mergeRequests.save(project, one, undefined, transaction);
    const candidates = [...settled];
    const links = found.flatMap((each) => each.links).filter(({ candidate }) => settled.has(candidate));
    const before = await this.links.replace(transaction, project, candidates, links);
    const touched = new Set([...before, ...(await this.links.touchedBy(transaction, project, candidates))]);
    for (const iid of [...touched].sort((a, b) => a - b)) await this.queue.report(transaction, project, iid);
  }
}
