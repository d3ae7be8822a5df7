import { asCandidateIid, asExperimentIid, type CandidateEid, type ProjectId } from '../../common';
import type { Candidate, CandidateInput, CandidateStatus } from '../candidate';

/** A row of `candidateColumns`. */
export interface CandidateRow {
  readonly iid: number;
  readonly eid: CandidateEid;
  readonly experiment_iid: number;
  readonly name: string;
  readonly status: CandidateStatus;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly user_name: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly deleted_at: Date | null;
  readonly commit_sha: string | null;
  readonly branch: string | null;
  readonly claimed_merge_request: number | null;
  readonly artifact_location: string | null;
}

/** A dataset with its tags as one object. */
export interface InputRow {
  readonly dataset: CandidateInput['dataset'];
  readonly tags: Readonly<Record<string, string>>;
}

/** Turns a row into what the domain speaks of. */
export function toCandidate(project: ProjectId, row: CandidateRow): Candidate {
  return {
    project,
    iid: asCandidateIid(row.iid),
    eid: row.eid,
    experimentIid: asExperimentIid(row.experiment_iid),
    name: row.name,
    status: row.status,
    startedAt: row.started_at,
    userName: row.user_name,
    createdBy: row.created_by,
    createdAt: row.created_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at }),
    ...(row.commit_sha === null ? {} : { commit: row.commit_sha }),
    ...(row.branch === null ? {} : { branch: row.branch }),
    ...(row.claimed_merge_request === null ? {} : { claimedMergeRequest: row.claimed_merge_request }),
    ...(row.artifact_location === null ? {} : { artifactLocation: row.artifact_location }),
  };
}

/** Turns a row into what the domain speaks of. */
export function toInput({ dataset, tags }: InputRow): CandidateInput {
  return { dataset, tags: Object.entries(tags).map(([name, value]) => ({ name, value })) };
}
