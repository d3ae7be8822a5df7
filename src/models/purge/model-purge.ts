import { Injectable } from '@nestjs/common';
import { asExperimentIid, type CandidateEid, type ExperimentIid, type ProjectId } from '../../common';
import { constraintViolation, Database, purgeRows, type Queryable, type Statement } from '../../database';
import * as statements from './purge.statements';

/** A logged model that goes for good. */
export interface GoingModel {
  readonly id: string;
  readonly experimentIid: ExperimentIid;
}

/** Deletes logged models for good: marked first, from when on nobody sees them, then removed row by row. */
@Injectable()
export class ModelPurge {
  constructor(private readonly database: Database) {}

  /** Marks those that the candidate made. */
  async requestOfCandidate(project: ProjectId, eid: CandidateEid, within: Queryable = this.database): Promise<void> {
    await within.query(statements.requestOfCandidate, [project, eid]);
  }

  /** Marks all of an experiment. */
  async requestOfExperiment(project: ProjectId, iid: ExperimentIid, within: Queryable = this.database): Promise<void> {
    await within.query(statements.requestOfExperiment, [project, iid]);
  }

  /** Marks those that were deleted before then. */
  async requestExpired(project: ProjectId, before: Date): Promise<void> {
    await this.database.query(statements.requestExpired, [project, before]);
  }

  /** Those that are marked, by id. */
  pending(project: ProjectId, after: string, limit: number): Promise<GoingModel[]> {
    return this.list(statements.pending, [project, after, limit]);
  }

  /** Those that are marked of a candidate. */
  pendingOf(project: ProjectId, eid: CandidateEid): Promise<GoingModel[]> {
    return this.list(statements.pendingOfCandidate, [project, eid]);
  }

  /** Those that go when what was deleted before then goes, by id. */
  dueAfter(
    project: ProjectId,
    before: Date,
    experiments: readonly ExperimentIid[],
    page: { readonly after: string; readonly limit: number },
  ): Promise<GoingModel[]> {
    return this.list(statements.dueAfter, [project, before, experiments, page.after, page.limit]);
  }

  /** Those that the candidates made. */
  ofCandidates(project: ProjectId, eids: readonly CandidateEid[]): Promise<GoingModel[]> {
    return this.list(statements.ofCandidates, [project, eids]);
  }

  ofExperiment(project: ProjectId, iid: ExperimentIid): Promise<GoingModel[]> {
    return this.list(statements.ofExperiment, [project, iid]);
  }

  /** Points of the models, whoever logged them. */
  async countPoints(project: ProjectId, ids: readonly string[]): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(statements.countPoints, [project, ids]);
    return row?.count ?? 0;
  }

  /** Points that the candidates logged, by the model's id. */
  async countPointsBy(project: ProjectId, eids: readonly CandidateEid[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ id: string; count: number }>(statements.countPointsBy, [project, eids]);
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** The experiments of those of the ids that there are, marked ones too. */
  async existing(project: ProjectId, ids: readonly string[]): Promise<ReadonlyMap<string, ExperimentIid>> {
    const found = await this.list(statements.existing, [project, ids]);
    return new Map(found.map(({ id, experimentIid }) => [id, experimentIid]));
  }

  /** Removes a model with all rows that belong to it. `removed` is false when something came meanwhile: try again later */
  async remove(project: ProjectId, id: string): Promise<{ readonly removed: boolean; readonly points: number }> {
    for (const step of statements.removeOthers) await purgeRows(this.database, step, [project, id]);
    const points = await purgeRows(this.database, statements.removePoints, [project, id]);
    try {
      const rows = await this.database.query(statements.removeRow, [project, id]);
      return { removed: rows.length > 0, points };
    } catch (error) {
      if (constraintViolation(error)?.state === '23503') return { removed: false, points };
      throw error;
    }
  }

  /** Removes what the candidate logged for models, and its links to them. @returns the number of points */
  async removeTracesOf(project: ProjectId, eid: CandidateEid): Promise<number> {
    await purgeRows(this.database, statements.removeLinksOf, [project, eid]);
    return purgeRows(this.database, statements.removePointsBy, [project, eid]);
  }

  private async list(select: Statement, values: readonly unknown[]): Promise<GoingModel[]> {
    const rows = await this.database.query<{ id: string; experiment_iid: number }>(select, values);
    return rows.map(({ id, experiment_iid: iid }) => ({ id, experimentIid: asExperimentIid(iid) }));
  }
}
