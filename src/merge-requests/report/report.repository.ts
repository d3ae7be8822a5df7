import { Injectable } from '@nestjs/common';
import type { CandidateIid, ExperimentIid, ProjectId } from '../../common';
import { Database, statement } from '../../database';
import { toLinkedCandidate, toReportCandidate, type CandidateRow, type LinkedRow } from './candidate-rows';
import type { LinkedCandidate, PrimaryMetric, ReportCandidate } from './report';

/** Candidates of one merge request that a report looks at. */
const candidatesLookedAt = 10_000;

const columns = `c.iid, c.eid, c.name, c.status, c.experiment_iid AS "experimentIid", e.name AS "experimentName",
  c.commit_sha AS commit, c.branch, c.user_name AS "userName", c.created_by AS "createdBy",
  c.started_at AS "startedAt", c.ended_at AS "endedAt", m.latest AS value`;

const linked = statement(
  'report.linked',
  `SELECT ${columns}, l.source, l.proven, l.head_sha AS head
     FROM assay.merge_request_links l
     JOIN assay.candidates c ON c.project_id = l.project_id AND c.iid = l.candidate_iid
     JOIN assay.experiments e ON e.project_id = c.project_id AND e.iid = c.experiment_iid
     LEFT JOIN assay.metric_names n ON n.project_id = l.project_id AND n.name = $3
     LEFT JOIN assay.candidate_metrics m
       ON m.project_id = l.project_id AND m.candidate_iid = c.iid AND m.metric_id = n.metric_id
    WHERE l.project_id = $1 AND l.merge_request_iid = $2 AND c.deleted_at IS NULL AND e.deleted_at IS NULL
    ORDER BY c.iid DESC LIMIT ${String(candidatesLookedAt)}`,
);

const mergeRequestsOfCandidate = statement(
  'report.of-candidate',
  `SELECT l.merge_request_iid AS iid, m.title, l.source, l.proven FROM assay.merge_request_links l
     JOIN assay.merge_requests m ON m.project_id = l.project_id AND m.iid = l.merge_request_iid
    WHERE l.project_id = $1 AND l.candidate_iid = $2 ORDER BY 1`,
);

function baselineStatement(direction: PrimaryMetric['direction']): ReturnType<typeof statement> {
  return statement(
    `report.baseline-${direction}`,
    `SELECT ${columns}, CASE WHEN c.branch = $4 THEN 'branch' ELSE 'commit' END AS "foundBy"
       FROM assay.metric_names n
       JOIN assay.candidate_metrics m ON m.project_id = n.project_id AND m.metric_id = n.metric_id
       JOIN assay.candidates c ON c.project_id = n.project_id AND c.iid = m.candidate_iid
       JOIN assay.experiments e ON e.project_id = n.project_id AND e.iid = c.experiment_iid
      WHERE n.project_id = $1 AND n.name = $2 AND m.experiment_iid = $3 AND m.latest <> 'NaN'
        AND (c.branch = $4 OR c.commit_sha = ANY ($5::text[]))
        AND c.status = 'finished' AND c.deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM assay.merge_request_links l
          WHERE l.project_id = $1 AND l.merge_request_iid = $6 AND l.candidate_iid = c.iid)
      ORDER BY m.latest ${direction === 'maximize' ? 'DESC' : 'ASC'}, m.candidate_iid DESC LIMIT 1`,
  );
}

const baselines = { maximize: baselineStatement('maximize'), minimize: baselineStatement('minimize') };

/** Where a baseline may come from. */
export interface BaselineSearch {
  readonly primary: PrimaryMetric;
  readonly experiment: ExperimentIid;
  readonly branch: string;
  /** Shas of the branch. */
  readonly commits: readonly string[];
  /** Whose own candidates are no baseline. */
  readonly mergeRequest: number;
}

/** One merge request that a candidate belongs to. */
export interface MergeRequestOfCandidate {
  readonly iid: number;
  readonly title: string;
  readonly source: LinkedCandidate['link']['source'];
  readonly proven: boolean;
}

/** What reports read of candidates. */
@Injectable()
export class ReportRepository {
  constructor(private readonly database: Database) {}

  /** The live candidates linked to a merge request, newest first, with the latest of a metric. */
  async linked(
    project: ProjectId,
    mergeRequest: { readonly iid: number; readonly head: string },
    metric: string | undefined,
  ): Promise<LinkedCandidate[]> {
    const rows = await this.database.query<LinkedRow>(linked, [project, mergeRequest.iid, metric ?? null]);
    return rows.map((row) => toLinkedCandidate(row, mergeRequest.head));
  }

  /** The best finished live candidate of a branch in an experiment. */
  async baseline(
    project: ProjectId,
    search: BaselineSearch,
  ): Promise<(ReportCandidate & { foundBy: 'branch' | 'commit' }) | undefined> {
    const { primary, experiment, branch, commits, mergeRequest } = search;
    const [row] = await this.database.query<CandidateRow & { foundBy: 'branch' | 'commit' }>(
      baselines[primary.direction],
      [project, primary.name, experiment, branch, commits, mergeRequest],
    );
    return row === undefined ? undefined : { ...toReportCandidate(row), foundBy: row.foundBy };
  }

  /** The merge requests that a candidate is linked to. */
  ofCandidate(project: ProjectId, candidate: CandidateIid): Promise<MergeRequestOfCandidate[]> {
    return this.database.query<MergeRequestOfCandidate>(mergeRequestsOfCandidate, [project, candidate]);
  }
}
