import { Inject, Injectable } from '@nestjs/common';
import { Addresses, notFound, parseIid, type CandidateIid, type ProjectId } from '../common';
import { Forge } from '../forge';
import { renderComment } from './markdown/comment';
import { candidatesPlot } from './plot/candidates-plot';
import { standaloneSvg } from './plot/standalone';
import type { ReportAnswer } from './report.answer';
import { presentReport } from './report.presenter';
import type { MergeRequestReport } from './report/report';
import { reportLinks } from './report/report-links';
import { ReportRepository, type MergeRequestOfCandidate } from './report/report.repository';
import { ReportService } from './report/report.service';

/** The reports of merge requests, in every form that is asked for. */
@Injectable()
export class MergeRequestsService {
  constructor(
    @Inject(Forge) private readonly forge: Forge,
    private readonly addresses: Addresses,
    private readonly reports: ReportService,
    private readonly rows: ReportRepository,
  ) {}

  /** @throws AssayError `not-found` for a number that is no merge request of the project */
  async report(project: ProjectId, iid: string): Promise<MergeRequestReport> {
    const number = parseIid(iid);
    if (number === undefined) throw notFound('There is no such merge request in this project.');
    return this.reports.report(project, number);
  }

  async json(project: ProjectId, iid: string): Promise<ReportAnswer> {
    const report = await this.report(project, iid);
    return presentReport(report, this.linksOf(report));
  }

  async markdown(project: ProjectId, iid: string): Promise<string> {
    const report = await this.report(project, iid);
    const frame = { limit: this.forge.limits.comment, now: new Date() };
    return renderComment(report, this.linksOf(report), frame).body;
  }

  async svg(project: ProjectId, iid: string): Promise<string> {
    return standaloneSvg(candidatesPlot(await this.report(project, iid)));
  }

  /** The merge requests that a candidate belongs to. */
  ofCandidate(project: ProjectId, candidate: CandidateIid): Promise<MergeRequestOfCandidate[]> {
    return this.rows.ofCandidate(project, candidate);
  }

  private linksOf({ project, mergeRequest }: MergeRequestReport): ReturnType<typeof reportLinks> {
    return reportLinks(this.addresses, project.path, mergeRequest.iid);
  }
}
