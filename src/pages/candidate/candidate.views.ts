import { Injectable } from '@nestjs/common';
import { signedIn, type Access } from '../../access';
import { ArtifactsService } from '../../artifacts';
import { CandidatesService, type Candidate, type CandidateDetails } from '../../candidates';
import {
  Addresses,
  asCandidateIid,
  AssayError,
  notFound,
  page,
  parseIid,
  type Html,
  type HttpRequest,
} from '../../common';
import { ExperimentsService } from '../../experiments';
import { MergeRequestsService, MetricCurves, type Curve } from '../../merge-requests';
import type { ArtifactsFolder } from './artifacts-card';
import { candidatePage } from './candidate.page';

/** Metrics whose curves one page draws. */
const curvesDrawn = 24;

/** Gathers what the page of a candidate shows. */
@Injectable()
export class CandidateViews {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly experiments: ExperimentsService,
    private readonly mergeRequests: MergeRequestsService,
    private readonly curves: MetricCurves,
    private readonly artifacts: ArtifactsService,
    private readonly addresses: Addresses,
  ) {}

  async show({ project }: Access, iid: string, folder: string, request: HttpRequest): Promise<Html> {
    const number = parseIid(iid);
    const [details] = number === undefined ? [] : await this.candidates.byIids(project.id, [asCandidateIid(number)]);
    if (details === undefined) throw notFound('There is no such candidate in this project.');
    const { candidate } = details;
    return page({
      addresses: this.addresses,
      title: candidate.name,
      project: project.path,
      section: 'experiments',
      signedIn: signedIn(request),
      body: candidatePage({
        addresses: this.addresses,
        project: { id: project.id, path: project.path },
        details,
        experiment: await this.experiments.get(project.id, candidate.experimentIid),
        mergeRequests: await this.mergeRequests.ofCandidate(project.id, candidate.iid),
        curves: await this.curvesOf(details),
        artifacts: await this.folder(candidate, folder),
      }),
    });
  }

  private async curvesOf({ candidate, data }: CandidateDetails): Promise<Map<string, Curve>> {
    const found = new Map<string, Curve>();
    for (const { name } of data.metrics.slice(0, curvesDrawn)) {
      const points = (await this.curves.curves(candidate.project, [candidate.iid], name)).get(candidate.iid);
      if (points !== undefined) found.set(name, { name: candidate.name, points });
    }
    return found;
  }

  /** Artifacts that cannot be listed now, or are kept elsewhere, leave the rest of the page as it is. */
  private async folder(candidate: Candidate, folder: string): Promise<ArtifactsFolder> {
    const uri = this.artifacts.uriOf(candidate);
    try {
      return { uri, folder, entries: await this.artifacts.listOf(candidate.project, candidate, folder) };
    } catch (error) {
      if (!(error instanceof AssayError) || error.kind === 'internal') throw error;
      return { uri, folder, entries: [], problem: error.message };
    }
  }
}
