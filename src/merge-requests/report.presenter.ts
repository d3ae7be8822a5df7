import { presentNumber, type JsonNumber } from '../common';
import type { ReportAnswer } from './report.answer';
import type { LinkedCandidateAnswer, BestCandidateAnswer } from './reported-candidate.answer';
import { shortSha } from './report/numbers';
import { headlineText } from './report/headline-text';
import type { FullCandidate, LinkedCandidate, MergeRequestReport, ReportCandidate } from './report/report';
import type { ReportLinks } from './report/report-links';

/** Candidates that one answer lists; the counts tell of all. */
const candidatesListed = 500;

function number(value: number | undefined): JsonNumber | null {
  return value === undefined ? null : presentNumber(value);
}

type ReportedCandidate = Omit<LinkedCandidateAnswer, 'link' | 'at_head'>;

function presentCandidate(candidate: ReportCandidate, links: ReportLinks): ReportedCandidate {
  const { iid, eid, name, status, experimentIid, experimentName, commit, branch, createdBy } = candidate;
  return {
    iid,
    eid,
    name,
    status,
    experiment: { iid: experimentIid, name: experimentName },
    commit: commit ?? null,
    branch: branch ?? null,
    user_name: candidate.userName,
    created_by: createdBy,
    started_at: time(candidate.startedAt),
    ended_at: candidate.endedAt === undefined ? null : time(candidate.endedAt),
    value: number(candidate.value),
    page: links.candidate(iid),
  };
}

function presentLinked(candidate: LinkedCandidate, links: ReportLinks): LinkedCandidateAnswer {
  const { source, proven, head } = candidate.link;
  return { ...presentCandidate(candidate, links), link: { source, proven, head }, at_head: candidate.atHead };
}

function presentFull({ metrics, params }: FullCandidate): Pick<BestCandidateAnswer, 'metrics' | 'params'> {
  return {
    metrics: metrics.map(({ name, value, step, trackedAt }) => ({
      name,
      value: presentNumber(value),
      step,
      tracked_at: time(trackedAt),
    })),
    params: [...params],
  };
}

/** Times that no calendar holds are null. */
function time(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The report as the native API answers it. */
export function presentReport(report: MergeRequestReport, links: ReportLinks): ReportAnswer {
  const { mergeRequest, primary, headline, counts, countsAtHead, best, baseline, candidates } = report;
  return {
    project_id: report.project.id,
    merge_request: {
      iid: mergeRequest.iid,
      title: mergeRequest.title,
      state: mergeRequest.state,
      author: mergeRequest.author,
      source_branch: mergeRequest.sourceBranch,
      target_branch: mergeRequest.targetBranch,
      head: mergeRequest.head,
      short_head: shortSha(mergeRequest.head),
      web_url: mergeRequest.webUrl,
    },
    state: headline.state,
    headline: headlineText(headline),
    primary_metric: primary ?? null,
    counts,
    counts_at_head: countsAtHead,
    best: best === undefined ? null : Object.assign(presentLinked(best.candidate, links), presentFull(best)),
    baseline:
      baseline === undefined
        ? null
        : { ...presentCandidate(baseline.candidate, links), ...presentFull(baseline), found_by: baseline.foundBy },
    metrics: report.comparisons.map(({ name, value, baseline: base, verdict }) => ({
      name,
      value: number(value),
      baseline: number(base),
      verdict: verdict ?? null,
    })),
    differing_params: report.differences.map(({ name, value, baseline: base }) => ({
      name,
      value: value ?? null,
      baseline: base ?? null,
    })),
    candidates: candidates.slice(0, candidatesListed).map((candidate) => presentLinked(candidate, links)),
    verdicts: report.verdicts.map(({ head, state, headline: text, decidedAt }) => ({
      head,
      state,
      headline: text,
      decided_at: decidedAt.toISOString(),
    })),
    page: links.page,
  };
}
