import { Inject, Injectable } from '@nestjs/common';
import { CandidatesService } from '../../candidates';
import { notFound, type ProjectId } from '../../common';
import { Forge } from '../../forge';
import { ProjectsService } from '../../projects';
import { MergeRequestsRepository, type KnownMergeRequest } from '../publishing/merge-requests.repository';
import { compareMetrics, differingParams } from './comparison';
import { MetricCurves } from './metric-curves';
import { headline } from './headline';
import { bestOf, countByStatus, earlierHead, rank } from './ranking';
import type { FullCandidate, LinkedCandidate, MergeRequestReport, PrimaryMetric, ReportCandidate } from './report';
import { ReportRepository } from './report.repository';

type Baseline = NonNullable<MergeRequestReport['baseline']>;

/** Makes the report of a merge request from what was logged and what the forge last told. */
@Injectable()
export class ReportService {
  constructor(
    @Inject(Forge) private readonly forge: Forge,
    private readonly projects: ProjectsService,
    private readonly mergeRequests: MergeRequestsRepository,
    private readonly candidates: CandidatesService,
    private readonly reports: ReportRepository,
    private readonly curves: MetricCurves,
  ) {}

  /** Asks the forge only about a merge request that is not known here. @throws AssayError `not-found` */
  async report(project: ProjectId, iid: number): Promise<MergeRequestReport> {
    const known = (await this.mergeRequests.get(project, iid)) ?? (await this.learn(project, iid));
    if (known === undefined) throw notFound(`There is no merge request !${String(iid)} in this project.`);
    return this.compose(project, known);
  }

  /** Takes in what the forge says of the merge request now; undefined when it does not exist. */
  async learn(project: ProjectId, iid: number): Promise<KnownMergeRequest | undefined> {
    const forgeProject = await this.forge.project({ id: project });
    const mergeRequest = forgeProject && (await this.forge.mergeRequest(forgeProject, iid));
    if (forgeProject === undefined || mergeRequest === undefined) return undefined;
    const commits = await this.forge.commits(forgeProject, mergeRequest.target.branch, 100);
    await this.mergeRequests.save(project, mergeRequest, commits);
    return this.mergeRequests.get(project, iid);
  }

  /** The report of a merge request as it is known. */
  async compose(project: ProjectId, known: KnownMergeRequest): Promise<MergeRequestReport> {
    const { mergeRequest } = known;
    const { path, settings } = await this.projects.get(project);
    const primary = settings.primaryMetric;
    const candidates = rank(await this.reports.linked(project, mergeRequest, primary?.name), primary);
    const winner = bestOf(candidates, primary);
    const baseline = primary && winner && (await this.baseline(project, known, primary, winner));
    const best = winner && (await this.full(project, winner));
    return {
      project: { id: project, path },
      mergeRequest,
      ...(primary === undefined ? {} : { primary }),
      ...this.judge(mergeRequest, candidates, primary, winner, baseline),
      candidates,
      ...(best === undefined ? {} : { best }),
      ...(baseline === undefined ? {} : { baseline }),
      comparisons: best === undefined ? [] : compareMetrics(best.metrics, baseline?.metrics, primary),
      differences: best && baseline ? differingParams(best.params, baseline.params) : [],
      curve: winner && primary ? await this.curve(project, winner, primary) : [],
      verdicts: await this.mergeRequests.verdicts(project, mergeRequest.iid),
    };
  }

  private judge(
    { head, targetBranch }: KnownMergeRequest['mergeRequest'],
    candidates: readonly LinkedCandidate[],
    primary: PrimaryMetric | undefined,
    best: LinkedCandidate | undefined,
    baseline: Baseline | undefined,
  ): Pick<MergeRequestReport, 'counts' | 'countsAtHead' | 'headline'> {
    const counts = countByStatus(candidates);
    const countsAtHead = countByStatus(candidates.filter(({ atHead }) => atHead));
    const earlier = earlierHead(candidates);
    const base = baseline?.candidate.value;
    const verdict = headline({
      head,
      targetBranch,
      counts,
      countsAtHead,
      ...(earlier === undefined ? {} : { earlierHead: earlier }),
      ...(primary === undefined ? {} : { primary }),
      ...(best?.value === undefined ? {} : { best: { name: best.name, value: best.value } }),
      ...(base === undefined ? {} : { baseline: { value: base } }),
    });
    return { counts, countsAtHead, headline: verdict };
  }

  private async baseline(
    project: ProjectId,
    { mergeRequest, targetCommits }: KnownMergeRequest,
    primary: PrimaryMetric,
    best: LinkedCandidate,
  ): Promise<Baseline | undefined> {
    const found = await this.reports.baseline(project, {
      primary,
      experiment: best.experimentIid,
      branch: mergeRequest.targetBranch,
      commits: targetCommits,
      mergeRequest: mergeRequest.iid,
    });
    if (found === undefined) return undefined;
    const { foundBy, ...candidate } = found;
    return { ...(await this.full(project, candidate)), foundBy };
  }

  private async full<Of extends ReportCandidate>(project: ProjectId, candidate: Of): Promise<FullCandidate<Of>> {
    const [details] = await this.candidates.byIids(project, [candidate.iid]);
    return { candidate, metrics: details?.data.metrics ?? [], params: details?.data.params ?? [] };
  }

  private async curve(project: ProjectId, { iid }: ReportCandidate, { name }: PrimaryMetric): Promise<number[]> {
    const curves = await this.curves.curves(project, [iid], name, 64);
    return (curves.get(iid) ?? []).map(({ value }) => value);
  }
}
