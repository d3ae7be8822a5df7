import { Inject, Injectable, Logger } from '@nestjs/common';
import { Addresses, AssayError, type ProjectId } from '../../common';
import { Forge, type ForgeProject } from '../../forge';
import { ProjectsService } from '../../projects';
import { LinksRepository } from '../links/links.repository';
import { commentMarker, renderComment, type RenderedComment } from '../markdown/comment';
import { headlineText } from '../report/headline-text';
import type { MergeRequestReport } from '../report/report';
import { reportLinks } from '../report/report-links';
import { ReportService } from '../report/report.service';
import { MergeRequestsRepository, type Published } from './merge-requests.repository';

/** Tells the forge the report of a merge request: the status first, then the comment, each only when it changed. */
@Injectable()
export class Publisher {
  private readonly log = new Logger('MergeRequests');

  constructor(
    @Inject(Forge) private readonly forge: Forge,
    private readonly addresses: Addresses,
    private readonly projects: ProjectsService,
    private readonly mergeRequests: MergeRequestsRepository,
    private readonly links: LinksRepository,
    private readonly reports: ReportService,
  ) {}

  /** Runs once at a time for each merge request. Rejects with `unavailable` when the forge does not answer; repeating is harmless. */
  async publish(project: ProjectId, iid: number): Promise<void> {
    if (!(await this.concerns(project, iid))) return;
    const known = await this.reports.learn(project, iid);
    const forgeProject = await this.forge.project({ id: project });
    if (known === undefined || forgeProject === undefined) return;
    const report = await this.reports.compose(project, known);
    if (report.counts.total === 0 && known.published.commentId === undefined) return;
    if (report.mergeRequest.state === 'open') await this.publishStatus(forgeProject, report, known.published);
    await this.publishComment(forgeProject, report, known.published);
  }

  /** Whether there is anything to tell: the forge is not asked about merge requests without candidates. */
  private async concerns(project: ProjectId, iid: number): Promise<boolean> {
    if (await this.links.any(project, iid)) return true;
    return (await this.mergeRequests.get(project, iid))?.published.commentId !== undefined;
  }

  private async publishStatus(project: ForgeProject, report: MergeRequestReport, published: Published): Promise<void> {
    const { head: sha, iid } = report.mergeRequest;
    const { state } = report.headline;
    const description = headlineText(report.headline, this.forge.limits.statusDescription);
    await this.mergeRequests.saveVerdict(project.id, iid, { head: sha, state, headline: description });
    if (published.status === `${sha} ${state} ${description}`) return;
    const { settings } = await this.projects.get(project.id);
    const targetUrl = reportLinks(this.addresses, project.path, iid).page;
    try {
      await this.forge.setStatus(project, sha, { state, context: settings.statusContext, description, targetUrl });
    } catch (error) {
      this.passIfRefused(error, `The status of ${project.path}!${String(iid)}`);
    }
    await this.mergeRequests.saveStatus(project.id, iid, { sha, state, description });
  }

  private async publishComment(project: ForgeProject, report: MergeRequestReport, published: Published): Promise<void> {
    const { settings } = await this.projects.get(project.id);
    const { state, iid } = report.mergeRequest;
    if (
      !settings.comment ||
      (state !== 'open' && (published.commentId === undefined || published.commentState === state))
    )
      return;
    const links = reportLinks(this.addresses, project.path, iid);
    const comment = renderComment(report, links, { limit: this.forge.limits.comment, now: new Date() });
    if (published.commentId !== undefined && published.commentHash === comment.hash) return;
    try {
      await this.send(project, report, published, comment);
    } catch (error) {
      this.passIfRefused(error, `The comment on ${project.path}!${String(iid)}`);
    }
  }

  /** By the stored id, else by the marker, else a new one; one that a person deleted comes back only with another headline. */
  private async send(
    project: ForgeProject,
    { mergeRequest: { iid, state }, headline }: MergeRequestReport,
    { commentId, commentHeadline }: Published,
    { body, hash }: RenderedComment,
  ): Promise<void> {
    const text = headlineText(headline);
    const stored = commentId ?? (await this.forge.findComment(project, iid, commentMarker(project.id, iid)));
    if (stored !== undefined && (await this.forge.updateComment(project, iid, stored, body))) {
      await this.mergeRequests.saveComment(project.id, iid, { id: stored, hash, headline: text, state });
      return;
    }
    if (text === commentHeadline) {
      await this.mergeRequests.saveComment(project.id, iid, { headline: text, state });
      return;
    }
    const id = await this.forge.createComment(project, iid, body);
    await this.mergeRequests.saveComment(project.id, iid, { id, hash, headline: text, state });
  }

  /** What the forge refuses for good (a locked discussion, an archived project) is said once; what may pass is tried again. */
  private passIfRefused(error: unknown, what: string): void {
    const passing: readonly string[] = ['unavailable', 'rate-limited', 'internal', 'unauthenticated'];
    if (!(error instanceof AssayError) || passing.includes(error.kind)) throw error;
    this.log.warn(`${what} was refused by the forge: ${error.message}`);
  }
}
