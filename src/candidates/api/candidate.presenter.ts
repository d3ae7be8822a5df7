import type { Page } from '../../common';
import type { Candidate, CandidateDetails, CandidateInput, LatestMetric } from '../candidate';

/** JSON has no NaN and no infinities: they go as texts. */
function presentNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function presentMetric({ name, value, step, trackedAt }: LatestMetric): Record<string, unknown> {
  return { name, value: presentNumber(value), step, tracked_at: trackedAt };
}

function presentInput({ dataset, tags }: CandidateInput): Record<string, unknown> {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return { dataset: { name, digest, source_type: sourceType, source, schema, profile }, tags };
}

function presentCandidate(candidate: Candidate): Record<string, unknown> {
  return {
    iid: candidate.iid,
    eid: candidate.eid,
    experiment_iid: candidate.experimentIid,
    name: candidate.name,
    status: candidate.status,
    started_at: candidate.startedAt,
    ended_at: candidate.endedAt,
    user_name: candidate.userName,
    created_by: candidate.createdBy,
    created_at: candidate.createdAt,
    deleted_at: candidate.deletedAt,
    commit: candidate.commit,
    branch: candidate.branch,
    claimed_merge_request: candidate.claimedMergeRequest,
  };
}

/** A candidate with its data on the native API. */
export function presentDetails({ candidate, data }: CandidateDetails): Record<string, unknown> {
  return {
    ...presentCandidate(candidate),
    metrics: data.metrics.map(presentMetric),
    params: data.params,
    tags: data.tags,
    inputs: data.inputs.map(presentInput),
  };
}

/** A page of candidates on the native API. */
export function presentCandidates({ items, nextPageToken }: Page<CandidateDetails>): Record<string, unknown> {
  return { candidates: items.map(presentDetails), next_page_token: nextPageToken };
}
