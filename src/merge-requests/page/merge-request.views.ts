import { Injectable } from '@nestjs/common';
import { signedIn } from '../../access';
import { CandidatesService, type CandidateDetails } from '../../candidates';
import { Addresses, page, type CandidateIid, type Html, type HttpRequest, type ProjectId } from '../../common';
import { MergeRequestsService } from '../merge-requests.service';
import { curvesShown, type Curve } from '../plot/curves-plot';
import { MetricCurves } from '../report/metric-curves';
import type { MergeRequestReport } from '../report/report';
import { mergeRequestPage } from './merge-request.page';

/** Candidates that the page's table lists. */
const candidatesListed = 100;

/** Gathers what the merge request's page shows. */
@Injectable()
export class MergeRequestViews {
  constructor(
    private readonly mergeRequests: MergeRequestsService,
    private readonly candidates: CandidatesService,
    private readonly curves: MetricCurves,
    private readonly addresses: Addresses,
  ) {}

  async show(project: ProjectId, iid: string, request: HttpRequest): Promise<Html> {
    const report = await this.mergeRequests.report(project, iid);
    const listed = report.candidates.slice(0, candidatesListed);
    const details = await this.candidates.byIids(
      project,
      listed.map((candidate) => candidate.iid),
    );
    return page({
      addresses: this.addresses,
      title: `Merge request !${String(report.mergeRequest.iid)}`,
      project: report.project.path,
      signedIn: signedIn(request),
      body: mergeRequestPage({
        report,
        addresses: this.addresses,
        details: new Map(details.map((each): [CandidateIid, CandidateDetails] => [each.candidate.iid, each])),
        listed,
        curves: await this.curvesOf(project, report),
        now: new Date(),
      }),
    });
  }

  private async curvesOf(project: ProjectId, { primary, candidates, baseline }: MergeRequestReport): Promise<Curve[]> {
    if (primary === undefined) return [];
    const shown = [
      ...candidates.filter(({ value }) => value !== undefined).slice(0, curvesShown - (baseline ? 1 : 0)),
      ...(baseline === undefined ? [] : [{ ...baseline.candidate, name: `baseline ${baseline.candidate.name}` }]),
    ];
    const found = await this.curves.curves(
      project,
      shown.map(({ iid }) => iid),
      primary.name,
    );
    return shown.map(({ iid, name }) => ({ name, points: found.get(iid) ?? [] }));
  }
}
