import { asCandidateIid, asExperimentIid, type CandidateEid } from '../../common';
import type { CandidateStatus } from '../../candidates';
import type { LinkedCandidate, ReportCandidate } from './report';

/** A candidate as the report's statements answer it. */
export interface CandidateRow {
  readonly iid: number;
  readonly eid: string;
  readonly name: string;
  readonly status: CandidateStatus;
  readonly experimentIid: number;
  readonly experimentName: string;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly userName: string;
  readonly createdBy: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly value: number | null;
}

/** The same with its link. */
export interface LinkedRow extends CandidateRow {
  readonly source: LinkedCandidate['link']['source'];
  readonly proven: boolean;
  readonly head: string;
}

/** Nulls are left out. */
export function toReportCandidate(row: CandidateRow): ReportCandidate {
  const { iid, eid, name, status, experimentIid, experimentName, userName, createdBy, startedAt } = row;
  return {
    iid: asCandidateIid(iid),
    eid: eid as CandidateEid,
    name,
    status,
    experimentIid: asExperimentIid(experimentIid),
    experimentName,
    userName,
    createdBy,
    startedAt,
    ...(row.commit === null ? {} : { commit: row.commit }),
    ...(row.branch === null ? {} : { branch: row.branch }),
    ...(row.endedAt === null ? {} : { endedAt: row.endedAt }),
    ...(row.value === null ? {} : { value: row.value }),
  };
}

/** Whether it belongs to the head is for the link to say. */
export function toLinkedCandidate(row: LinkedRow, head: string): LinkedCandidate {
  const { source, proven } = row;
  return { ...toReportCandidate(row), link: { source, proven, head: row.head }, atHead: row.head === head };
}
