import { Inject, Injectable } from '@nestjs/common';
import type { CandidateEid, ProjectId } from '../../common';
import { constraintViolation, Database, ProjectCoalescers } from '../../database';
import type { MetricPoint } from '../candidate';
import { CandidateChanges } from '../candidate-changes';
import { changedParam, deletedCandidate, unknownCandidate } from '../candidate-errors';
import { CandidatesOptions } from '../candidates.options';
import type { CandidateWrite } from '../requests';
import { MetricIds } from './metric-ids';
import { isPointsOnly, mergeWrites, type WriteBatch } from './write-batch';
import { changedParams, writeAll, writePoint, writePoints } from './write.statements';

type State = 'live' | 'deleted' | 'unknown';

interface Row {
  readonly state: State;
  readonly pending: boolean;
}

interface OnlyPoint {
  readonly eid: CandidateEid;
  readonly point: MetricPoint;
}

/** The point of a write that has nothing else. */
function onlyPoint(write: CandidateWrite | undefined): OnlyPoint | undefined {
  const [point, ...others] = write?.points ?? [];
  if (write === undefined || point === undefined || others.length > 0 || !isPointsOnly(write)) return undefined;
  return { eid: write.eid, point };
}

/** Writes what candidates log; concurrent writes of a project share one commit. */
@Injectable()
export class CandidateWriter {
  private readonly writes: ProjectCoalescers<CandidateWrite, State>;

  constructor(
    private readonly database: Database,
    private readonly metricIds: MetricIds,
    private readonly changes: CandidateChanges,
    @Inject(CandidatesOptions) options: CandidatesOptions,
  ) {
    this.writes = new ProjectCoalescers({
      run: (project, items) => this.run(project, items),
      weigh: ({ points, params, tags }) => 1 + points.length + params.length + tags.length,
      maxWeight: options.rowsPerCommit,
    });
  }

  /**
   * Resolves when it is committed, all of it; the write must have passed `checkWrite`.
   * @throws AssayError `not-found` for an unknown candidate, `invalid` for a deleted one or a changed param
   */
  async write(project: ProjectId, write: CandidateWrite): Promise<void> {
    const state = await this.writes.submit(project, write);
    if (state === 'unknown') throw unknownCandidate(write.eid);
    if (state === 'deleted') throw deletedCandidate(write.eid);
  }

  private async run(project: ProjectId, writes: readonly CandidateWrite[]): Promise<State[]> {
    const only = writes.length === 1 ? onlyPoint(writes[0]) : undefined;
    if (only !== undefined) return [await this.runPoint(project, only)];
    const batch = mergeWrites(writes);
    const ids = await this.metricIds.resolve(project, batch.metricNames);
    const rows = await this.execute(project, writes, batch, ids);
    const states = new Map<CandidateEid, State>();
    batch.eids.forEach((eid, index) => states.set(eid, rows[index]?.state ?? 'unknown'));
    if (rows[0]?.pending === true) this.changes.announce(project);
    return writes.map(({ eid }) => states.get(eid) ?? 'unknown');
  }

  private async runPoint(project: ProjectId, { eid, point }: OnlyPoint): Promise<State> {
    const { name, step, trackedAt, value } = point;
    const id = (await this.metricIds.resolve(project, new Set([name]))).get(name);
    const [row] = await this.database.query<Row & Record<string, unknown>>(writePoint, [
      ...[project, eid, id],
      ...[step, trackedAt, value],
    ]);
    return row?.state ?? 'unknown';
  }

  private async execute(
    project: ProjectId,
    writes: readonly CandidateWrite[],
    batch: WriteBatch,
    ids: ReadonlyMap<string, number>,
  ): Promise<Row[]> {
    const values = [project, ...batch.pointValues(ids)];
    try {
      if (batch.pointsOnly) return await this.database.query<Row & Record<string, unknown>>(writePoints, values);
      return await this.database.query<Row & Record<string, unknown>>(writeAll, [...values, ...batch.otherValues()]);
    } catch (error) {
      const [only] = writes;
      if (writes.length === 1 && only !== undefined && constraintViolation(error)?.state === '23502') {
        throw await this.explain(project, only, error);
      }
      throw error;
    }
  }

  private async explain(project: ProjectId, { eid, params }: CandidateWrite, error: unknown): Promise<unknown> {
    const [changed] = await this.database.query<{ name: string; was: string; wanted: string }>(changedParams, [
      project,
      eid,
      params.map(({ name }) => name),
      params.map(({ value }) => value),
    ]);
    return changed === undefined ? error : changedParam(changed.name, changed.was, changed.wanted);
  }
}
