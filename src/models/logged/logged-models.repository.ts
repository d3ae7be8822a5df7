import { Injectable } from '@nestjs/common';
import type { CandidateEid, NamedValue, ProjectId } from '../../common';
import { Database, type Queryable } from '../../database';
import type { LoggedModel, LoggedModelStatus, ModelMetricWrite, ModelOutput, NewLoggedModel } from './logged-model';
import { toLoggedModel, type LoggedModelRow } from './logged-model-rows';
import { changedParam } from './logged-model-rules';
import * as statements from './logged-models.statements';

/** A model as it goes into its row. */
export interface LoggedModelInsert extends NewLoggedModel {
  readonly id: string;
  readonly name: string;
  readonly artifactLocation?: string;
}

/** A link between a candidate and a model, as its row has it. */
export interface CandidateModelRow {
  readonly candidate_eid: CandidateEid;
  readonly direction: 'input' | 'output';
  readonly model_id: string;
  readonly step: number;
}

function columns(entries: readonly NamedValue[]): [string[], string[]] {
  const lastOfEach = new Map(entries.map(({ name, value }) => [name, value]));
  return [[...lastOfEach.keys()], [...lastOfEach.values()]];
}

/** The rows of logged models, and of their links to candidates. */
@Injectable()
export class LoggedModelsRepository {
  constructor(private readonly database: Database) {}

  async create(project: ProjectId, model: LoggedModelInsert): Promise<void> {
    const { id, experimentIid, source, name, modelType, artifactLocation, params, tags } = model;
    await this.database.transaction(async (within) => {
      const values = [project, id, experimentIid, source ?? null, name, modelType ?? null, artifactLocation ?? null];
      await within.query(statements.create, values);
      await this.addParams(project, id, params, within);
      await within.query(statements.setTags, [project, id, ...columns(tags)]);
    });
  }

  /** Deleted ones too. */
  async get(project: ProjectId, id: string): Promise<LoggedModel | undefined> {
    const [row] = await this.database.query<LoggedModelRow & Record<string, unknown>>(statements.get, [project, id]);
    return row === undefined ? undefined : toLoggedModel(project, row);
  }

  /** @returns false when there is no such model, here and below */
  async finalize(project: ProjectId, id: string, status: LoggedModelStatus): Promise<boolean> {
    return (await this.database.query(statements.finalize, [project, id, status])).length > 0;
  }

  async markDeleted(project: ProjectId, id: string): Promise<boolean> {
    return (await this.database.query(statements.markDeleted, [project, id])).length > 0;
  }

  setTags(project: ProjectId, id: string, tags: readonly NamedValue[]): Promise<boolean> {
    return this.changing(project, id, async (within) => {
      await within.query(statements.setTags, [project, id, ...columns(tags)]);
    });
  }

  async deleteTag(project: ProjectId, id: string, name: string): Promise<boolean> {
    return (await this.database.query(statements.deleteTag, [project, id, name])).length > 0;
  }

  /** @throws AssayError `invalid` for a param that has another value already */
  logParams(project: ProjectId, id: string, params: readonly NamedValue[]): Promise<boolean> {
    return this.changing(project, id, (within) => this.addParams(project, id, params, within));
  }

  /** The last of equal points holds. */
  async addMetrics(project: ProjectId, points: readonly ModelMetricWrite[]): Promise<void> {
    const last = [...new Map(points.map((point) => [JSON.stringify({ ...point, value: 0 }), point])).values()];
    await this.database.query(statements.addMetrics, [
      project,
      last.map(({ modelId }) => modelId),
      last.map(({ candidate }) => candidate),
      last.map(({ name }) => name),
      last.map(({ value }) => value),
      last.map(({ step }) => step),
      last.map(({ trackedAt }) => trackedAt),
      last.map(({ dataset }) => dataset?.name ?? ''),
      last.map(({ dataset }) => dataset?.digest ?? ''),
    ]);
  }

  async link(
    project: ProjectId,
    candidate: CandidateEid,
    direction: CandidateModelRow['direction'],
    models: readonly ModelOutput[],
  ): Promise<void> {
    const steps = new Map(models.map(({ modelId, step }) => [modelId, step]));
    const values = [project, candidate, direction, [...steps.keys()], [...steps.values()]];
    await this.database.query(statements.linkModels, values);
  }

  /** Those of the ids that no model of the project has. */
  async unknownOf(project: ProjectId, ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(statements.unknownOf, [project, ids]);
    return rows.map(({ id }) => id);
  }

  ofCandidates(
    project: ProjectId,
    eids: readonly CandidateEid[],
  ): Promise<(CandidateModelRow & Record<string, unknown>)[]> {
    return this.database.query(statements.ofCandidates, [project, eids]);
  }

  private async changing(project: ProjectId, id: string, work: (within: Queryable) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (within) => {
      if ((await within.query(statements.touch, [project, id])).length === 0) return false;
      await work(within);
      return true;
    });
  }

  private async addParams(
    project: ProjectId,
    id: string,
    params: readonly NamedValue[],
    within: Queryable,
  ): Promise<void> {
    const kept = await within.query<{ name: string; value: string }>(statements.addParams, [
      project,
      id,
      ...columns(params),
    ]);
    const values = new Map(kept.map(({ name, value }) => [name, value]));
    const changed = params.find(({ name, value }) => values.get(name) !== value);
    if (changed !== undefined) throw changedParam(changed.name);
  }
}
