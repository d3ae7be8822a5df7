import { Injectable } from '@nestjs/common';
import {
  asCandidateIid,
  asExperimentIid,
  type CandidateEid,
  type CandidateIid,
  type ExperimentIid,
  type ProjectId,
} from '../../common';
import {
  constraintViolation,
  Database,
  purgeRows,
  untilWritersEnd,
  type Queryable,
  type Statement,
} from '../../database';
import * as statements from './purge.statements';

/** A candidate that goes for good, by what others know it by. */
export interface GoingCandidate {
  readonly iid: CandidateIid;
  readonly eid: CandidateEid;
  readonly experimentIid: ExperimentIid;
  /** Whether merge requests have not yet heard that it was deleted. */
  readonly reportPending: boolean;
}

interface Row {
  readonly iid: number;
  readonly eid: CandidateEid;
  readonly experiment_iid: number;
  readonly report_pending?: boolean;
}

function toGoing({ iid, eid, experiment_iid: experiment, report_pending: reportPending = false }: Row): GoingCandidate {
  return { iid: asCandidateIid(iid), eid, experimentIid: asExperimentIid(experiment), reportPending };
}

/** Deletes candidates for good: marked first, from when on nobody sees or restores them, then removed row by row. */
@Injectable()
export class CandidatePurge {
  constructor(private readonly database: Database) {}

  /** Marks one, live or deleted; marked already is no error. Undefined when it is unknown. */
  async request(project: ProjectId, iid: CandidateIid, within: Queryable): Promise<GoingCandidate | undefined> {
    const [row] = await within.query<Row & Record<string, unknown>>(statements.request, [project, iid]);
    return row && toGoing(row);
  }

  /** Marks all of an experiment. */
  async requestAllOf(project: ProjectId, experiment: ExperimentIid, within: Queryable): Promise<void> {
    await within.query(statements.requestAllOf, [project, experiment]);
  }

  /** Marks those that were deleted before then. @returns how many, `limit` at most */
  async requestExpired(project: ProjectId, before: Date, limit: number): Promise<number> {
    return (await this.database.query(statements.requestExpired, [project, before, limit])).length;
  }

  /** Those that are marked, by number. */
  pending(project: ProjectId, after: number, limit: number): Promise<GoingCandidate[]> {
    return this.list(statements.pending, [project, after, limit]);
  }

  /** Those that are marked or were deleted before then, by number. */
  dueAfter(project: ProjectId, before: Date, after: number, limit: number): Promise<GoingCandidate[]> {
    return this.list(statements.dueAfter, [project, before, after, limit]);
  }

  /** An experiment's, whatever their state, by number. */
  allOf(project: ProjectId, experiment: ExperimentIid, after: number, limit: number): Promise<GoingCandidate[]> {
    return this.list(statements.allOf, [project, experiment, after, limit]);
  }

  async countPoints(project: ProjectId, iids: readonly CandidateIid[]): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(statements.countPoints, [project, iids]);
    return row?.count ?? 0;
  }

  /** The experiments of those of the eids that there are, marked ones too. */
  async existing(project: ProjectId, eids: readonly CandidateEid[]): Promise<ReadonlyMap<CandidateEid, ExperimentIid>> {
    const rows = await this.database.query<Row & Record<string, unknown>>(statements.existing, [project, eids]);
    return new Map(rows.map((row) => [row.eid, asExperimentIid(row.experiment_iid)]));
  }

  /** Resolves when whoever still took marked candidates for live ones has ended writing. */
  untilUnwritten(): Promise<void> {
    return untilWritersEnd(
      this.database,
      statements.ownTables.map((table) => `assay.${table}`),
    );
  }

  /** Removes all that was logged, a bounded number of rows at a time. @returns the number of points */
  async removeLogged(project: ProjectId, iid: CandidateIid): Promise<number> {
    for (const step of statements.removeOthers) await purgeRows(this.database, step, [project, iid]);
    return purgeRows(this.database, statements.removePoints, [project, iid]);
  }

  /** Removes the candidate itself. @returns false when something still belongs to it: try again later */
  async removeRow(project: ProjectId, iid: CandidateIid): Promise<boolean> {
    try {
      return (await this.database.query(statements.removeRow, [project, iid])).length > 0;
    } catch (error) {
      if (constraintViolation(error)?.state === '23503') return false;
      throw error;
    }
  }

  /** Removes the datasets of an experiment that has no candidates any more. */
  async removeDatasets(project: ProjectId, experiment: ExperimentIid): Promise<void> {
    await purgeRows(this.database, statements.removeDatasets, [project, experiment]);
  }

  private async list(select: Statement, values: readonly unknown[]): Promise<GoingCandidate[]> {
    return (await this.database.query<Row & Record<string, unknown>>(select, values)).map(toGoing);
  }
}
