import { Inject, Injectable } from '@nestjs/common';
import { asCandidateIid, newEid, type ProjectId } from '../../common';
import { Database, ProjectCoalescers } from '../../database';
import type { Candidate, CandidateDetails } from '../candidate';
import { CandidateChanges } from '../candidate-changes';
import { deletedExperiment, unknownExperiment } from '../candidate-errors';
import { CandidatesOptions } from '../candidates.options';
import { randomName } from '../naming/random-name';
import type { NewCandidate } from '../requests';
import { createValues, tagsOf, type PreparedCandidate } from './create-batch';
import { create } from './create.statements';
import { TableStatistics } from './table-statistics';

interface Row {
  /** 0 unless its state is live. */
  readonly iid: number;
  readonly artifact_location: string | null;
  readonly created_at: Date;
  readonly pending: boolean;
  readonly state: 'live' | 'deleted' | 'unknown';
}

function prepare(candidate: NewCandidate): PreparedCandidate {
  const name = candidate.name || randomName();
  return { ...candidate, eid: newEid(), name, status: candidate.status ?? 'running', tags: tagsOf(candidate, name) };
}

function toCandidate(project: ProjectId, prepared: PreparedCandidate, row: Row): Candidate {
  const { eid, experimentIid, name, status, startedAt, userName, createdBy, source } = prepared;
  return {
    project,
    iid: asCandidateIid(row.iid),
    ...{ eid, experimentIid, name, status, startedAt, userName, createdBy },
    createdAt: row.created_at,
    ...(source?.commit ? { commit: source.commit } : {}),
    ...(source?.branch ? { branch: source.branch } : {}),
    ...(source?.mergeRequest === undefined ? {} : { claimedMergeRequest: source.mergeRequest }),
    ...(row.artifact_location === null ? {} : { artifactLocation: row.artifact_location }),
  };
}

/** Creates candidates; those that are created at the same time in a project share one commit. */
@Injectable()
export class CandidateCreator {
  private readonly creations: ProjectCoalescers<PreparedCandidate, Row>;

  constructor(
    private readonly database: Database,
    private readonly changes: CandidateChanges,
    private readonly statistics: TableStatistics,
    @Inject(CandidatesOptions) options: CandidatesOptions,
  ) {
    this.creations = new ProjectCoalescers({
      run: (project, candidates) => this.run(project, candidates),
      weigh: ({ tags }) => 1 + tags.length,
      maxWeight: options.rowsPerCommit,
    });
  }

  /** The candidate must have passed `checkNewCandidate`. @throws AssayError when its experiment is unknown or deleted */
  async create(project: ProjectId, candidate: NewCandidate): Promise<CandidateDetails> {
    const prepared = prepare(candidate);
    const row = await this.creations.submit(project, prepared);
    if (row.state === 'unknown') throw unknownExperiment(candidate.experimentIid);
    if (row.state === 'deleted') throw deletedExperiment(candidate.experimentIid);
    return {
      candidate: toCandidate(project, prepared, row),
      data: { metrics: [], params: [], tags: prepared.tags, inputs: [] },
    };
  }

  private async run(project: ProjectId, candidates: readonly PreparedCandidate[]): Promise<Row[]> {
    const values = createValues(project, candidates);
    const rows = await this.database.query<Row & Record<string, unknown>>(create, values);
    this.statistics.grow(candidates.length);
    if (rows[0]?.pending === true) this.changes.announce(project);
    return rows;
  }
}
