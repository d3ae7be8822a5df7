import { Injectable } from '@nestjs/common';
import { asExperimentIid, AssayError, type ExperimentIid, type NamedValue, type ProjectId } from '../common';
import { constraintViolation, Database, type Queryable, type Statement } from '../database';
import type { Experiment, NewExperiment } from './experiment';
import * as statements from './experiments.statements';

/** A row as {@link statements.selectExperiments} reads it. */
export interface ExperimentRow {
  readonly iid: number;
  readonly name: string;
  readonly artifact_location: string | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
  readonly tags: readonly NamedValue[];
}

/** An experiment whose row is locked until the transaction ends. */
export interface LockedExperiment {
  readonly name: string;
  readonly deleted: boolean;
  /** It is being deleted for good. */
  readonly going: boolean;
}

/** Turns a row into what the domain speaks of. */
export function toExperiment(project: ProjectId, row: ExperimentRow): Experiment {
  return {
    project,
    iid: asExperimentIid(row.iid),
    name: row.name,
    ...(row.artifact_location === null ? {} : { artifactLocation: row.artifact_location }),
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at }),
    tags: row.tags,
  };
}

/** The rows of experiments and their tags. */
@Injectable()
export class ExperimentsRepository {
  constructor(private readonly database: Database) {}

  /** @throws AssayError `already-exists` when the name is taken */
  async create(project: ProjectId, { name, artifactLocation, createdBy, tags }: NewExperiment): Promise<ExperimentIid> {
    const lastOfEach = new Map(tags.map((tag) => [tag.name, tag.value]));
    const values = [
      project,
      name,
      artifactLocation ?? null,
      createdBy,
      [...lastOfEach.keys()],
      [...lastOfEach.values()],
    ];
    const [row] = await this.naming(name, 'choose another name', () =>
      this.database.query<{ iid: number }>(statements.create, values),
    );
    return asExperimentIid((row as { iid: number }).iid);
  }

  /** Made by who enabled the project. Safe to repeat. */
  async ensureDefault(project: ProjectId): Promise<void> {
    await this.database.query(statements.ensureDefault, [project]);
  }

  get(project: ProjectId, iid: ExperimentIid): Promise<Experiment | undefined> {
    return this.first(project, statements.get, iid);
  }

  getByName(project: ProjectId, name: string): Promise<Experiment | undefined> {
    return this.first(project, statements.getByName, name);
  }

  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    return this.database.transaction(work);
  }

  /** Undefined when there is no such experiment. */
  async lock(project: ProjectId, iid: ExperimentIid, within: Queryable): Promise<LockedExperiment | undefined> {
    const [row] = await within.query<{ name: string; deleted: boolean; going: boolean }>(statements.lock, [
      project,
      iid,
    ]);
    return row;
  }

  /** @throws AssayError `already-exists` when the name is taken */
  async rename(project: ProjectId, iid: ExperimentIid, name: string, within: Queryable): Promise<void> {
    await this.naming(name, 'choose another name', () => within.query(statements.rename, [project, iid, name]));
  }

  async markDeleted(project: ProjectId, iid: ExperimentIid, within: Queryable): Promise<void> {
    await within.query(statements.markDeleted, [project, iid]);
  }

  /** @throws AssayError `already-exists` when the name was taken meanwhile */
  async markRestored(project: ProjectId, iid: ExperimentIid, name: string, within: Queryable): Promise<void> {
    await this.naming(name, 'pass another name to restore it under', () =>
      within.query(statements.markRestored, [project, iid, name]),
    );
  }

  async setTag(project: ProjectId, iid: ExperimentIid, tag: NamedValue, within: Queryable): Promise<void> {
    await within.query(statements.setTag, [project, iid, tag.name, tag.value]);
  }

  /** @returns false when there was no such tag */
  async deleteTag(project: ProjectId, iid: ExperimentIid, name: string, within: Queryable): Promise<boolean> {
    const rows = await within.query(statements.deleteTag, [project, iid, name]);
    return rows.length > 0;
  }

  private async first(project: ProjectId, select: Statement, key: string | number): Promise<Experiment | undefined> {
    const [row] = await this.database.query<ExperimentRow & Record<string, unknown>>(select, [project, key]);
    return row === undefined ? undefined : toExperiment(project, row);
  }

  private async naming<Result>(name: string, wayOut: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (constraintViolation(error)?.constraint !== 'experiments_name') throw error;
      throw new AssayError('already-exists', `An experiment named ${JSON.stringify(name)} already exists; ${wayOut}`, {
        field: 'name',
        cause: error,
      });
    }
  }
}
