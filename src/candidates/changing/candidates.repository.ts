import { Injectable } from '@nestjs/common';
import { asExperimentIid, type CandidateEid, type ExperimentIid, type ProjectId } from '../../common';
import { Database, type Queryable } from '../../database';
import type { Candidate, CandidateInput } from '../candidate';
import { CandidateChanges } from '../candidate-changes';
import { toCandidate, type CandidateRow } from '../reading/candidate-rows';
import type { CandidateUpdate } from '../requests';
import * as statements from './change.statements';

/** What there is of a candidate; `going`: it is being deleted for good. */
export type CandidateState = 'live' | 'deleted' | 'going' | 'unknown';

/** Where a candidate stands, for who needs no more of it. */
export interface CandidatePlace {
  readonly experimentIid: ExperimentIid;
  readonly deleted: boolean;
}

function firstOfEach(inputs: readonly CandidateInput[]): CandidateInput[] {
  const byKey = new Map<string, CandidateInput>();
  for (const input of inputs) {
    const key = JSON.stringify([input.dataset.name, input.dataset.digest]);
    if (!byKey.has(key)) byKey.set(key, input);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}

function columns(inputs: readonly CandidateInput[]): unknown[] {
  const datasets = inputs.map(({ dataset }) => dataset);
  return [
    datasets.map(({ name }) => name),
    datasets.map(({ digest }) => digest),
    datasets.map(({ sourceType }) => sourceType),
    datasets.map(({ source }) => source),
    datasets.map(({ schema }) => schema ?? null),
    datasets.map(({ profile }) => profile ?? null),
    inputs.map(({ tags }) => JSON.stringify(Object.fromEntries(tags.map(({ name, value }) => [name, value])))),
  ];
}

/** Changes of single candidates, and of all that an experiment holds. */
@Injectable()
export class CandidatesRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: CandidateChanges,
  ) {}

  /** Undefined when it is deleted or unknown. */
  async update(project: ProjectId, eid: CandidateEid, update: CandidateUpdate): Promise<Candidate | undefined> {
    const { name, nameTag, status, endedAt } = update;
    const values = [project, eid, name || null, status ?? null, endedAt ?? null, nameTag ?? null];
    type Row = CandidateRow & { pending: boolean } & Record<string, unknown>;
    const [row] = await this.database.query<Row>(statements.update, values);
    if (row === undefined) return undefined;
    if (row.pending) this.changes.announce(project);
    return toCandidate(project, row);
  }

  /** @returns false when it is unknown */
  markDeleted(project: ProjectId, eid: CandidateEid): Promise<boolean> {
    return this.mark(project, eid, statements.markDeleted);
  }

  /** @returns false when it is unknown */
  markRestored(project: ProjectId, eid: CandidateEid): Promise<boolean> {
    return this.mark(project, eid, statements.markRestored);
  }

  async state(project: ProjectId, eid: CandidateEid): Promise<CandidateState> {
    const [row] = await this.database.query<{ deleted: boolean; going: boolean }>(statements.state, [project, eid]);
    if (row === undefined) return 'unknown';
    if (row.going) return 'going';
    return row.deleted ? 'deleted' : 'live';
  }

  /** Undefined when it is unknown. */
  async place(project: ProjectId, eid: CandidateEid): Promise<CandidatePlace | undefined> {
    type Row = { experiment_iid: number; deleted: boolean };
    const [row] = await this.database.query<Row>(statements.place, [project, eid]);
    return row && { experimentIid: asExperimentIid(row.experiment_iid), deleted: row.deleted };
  }

  /** @returns false when there is no such tag, or no live candidate */
  async deleteTag(project: ProjectId, eid: CandidateEid, name: string): Promise<boolean> {
    const rows = await this.database.query(statements.deleteTag, [project, eid, name]);
    return rows.length > 0;
  }

  /** @returns false when there is no live candidate */
  async logInputs(project: ProjectId, eid: CandidateEid, inputs: readonly CandidateInput[]): Promise<boolean> {
    const values = [project, eid, ...columns(firstOfEach(inputs))];
    const rows = await this.database.query(statements.logInputs, values);
    return rows.length > 0;
  }

  /** Before the experiment's own row is marked, in the transaction that does it. */
  async deleteAllOf(project: ProjectId, experiment: ExperimentIid, within: Queryable): Promise<void> {
    await within.query(statements.deleteAllOf, [project, experiment]);
  }

  /** Before the experiment's own row is marked, in the transaction that does it. */
  async restoreAllOf(project: ProjectId, experiment: ExperimentIid, within: Queryable): Promise<void> {
    await within.query(statements.restoreAllOf, [project, experiment]);
  }

  /** Asks for new reports of whatever the experiment's candidates are linked to. */
  async reportAllOf(project: ProjectId, experiment: ExperimentIid, within: Queryable): Promise<void> {
    await within.query(statements.reportAllOf, [project, experiment]);
  }

  private async mark(project: ProjectId, eid: CandidateEid, mark: typeof statements.markDeleted): Promise<boolean> {
    const [row] = await this.database.query<{ pending: boolean }>(mark, [project, eid]);
    if (row?.pending === true) this.changes.announce(project);
    return row !== undefined;
  }
}
