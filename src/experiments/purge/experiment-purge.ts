import { Injectable } from '@nestjs/common';
import { asExperimentIid, type ExperimentIid, type ProjectId } from '../../common';
import { constraintViolation, Database, purgeRows, type Queryable, type Statement } from '../../database';
import * as statements from './purge.statements';

/** Deletes experiments for good: marked first, from when on nobody sees or restores them; their rows go when nothing is in them. */
@Injectable()
export class ExperimentPurge {
  constructor(private readonly database: Database) {}

  /** Marks one, live or deleted; marked already is no error. @returns false when it is unknown, or the Default one */
  async request(project: ProjectId, iid: ExperimentIid, within: Queryable): Promise<boolean> {
    return (await within.query(statements.request, [project, iid])).length > 0;
  }

  /** Marks those that were deleted before then and hold no candidate that was not. */
  async requestExpired(project: ProjectId, before: Date): Promise<void> {
    await this.database.query(statements.requestExpired, [project, before]);
  }

  /** Those that are marked. */
  pending(project: ProjectId): Promise<ExperimentIid[]> {
    return this.list(statements.pending, [project]);
  }

  /** Those that are marked, and those that {@link requestExpired} would mark. */
  due(project: ProjectId, before: Date): Promise<ExperimentIid[]> {
    return this.list(statements.due, [project, before]);
  }

  /** Removes tags and the experiment itself. @returns false when something is still in it: try again later */
  async remove(project: ProjectId, iid: ExperimentIid): Promise<boolean> {
    await purgeRows(this.database, statements.removeTags, [project, iid]);
    try {
      return (await this.database.query(statements.removeRow, [project, iid])).length > 0;
    } catch (error) {
      if (constraintViolation(error)?.state === '23503') return false;
      throw error;
    }
  }

  private async list(select: Statement, values: readonly unknown[]): Promise<ExperimentIid[]> {
    const rows = await this.database.query<{ iid: number }>(select, values);
    return rows.map(({ iid }) => asExperimentIid(iid));
  }
}
