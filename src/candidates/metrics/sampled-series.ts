import { Injectable } from '@nestjs/common';
import { AssayError, asCandidateIid, type CandidateEid, type CandidateIid, type ProjectId } from '../../common';
import { Database } from '../../database';
import { MetricPoints } from './metric-points';
import { namesOf, pointCounts, samples } from './metrics.statements';
import { toPoint, type Point, type PointRow } from './point';

/** A candidate's curve of one metric. */
export interface Series {
  readonly iid: CandidateIid;
  readonly eid: CandidateEid;
  /** How many points there are; `points` has fewer of them when that is more than was asked for. */
  readonly total: number;
  /** By step, then time, then value. */
  readonly points: readonly Point[];
}

function missing(iid: CandidateIid): Error {
  return new AssayError('not-found', `No candidate with iid ${iid} exists in this project`, { field: 'candidate' });
}

/** Curves for charts: enough points to draw them, however many there are. */
@Injectable()
export class SampledSeries {
  constructor(
    private readonly database: Database,
    private readonly points: MetricPoints,
  ) {}

  /** In the order of the candidates, each once. @param most points of each, 2 or more @throws AssayError `not-found` */
  async of(project: ProjectId, candidates: readonly CandidateIid[], name: string, most: number): Promise<Series[]> {
    const iids = [...new Set(candidates)];
    const found = await this.database.query<{ iid: number; eid: CandidateEid }>(namesOf, [project, iids]);
    const eids = new Map(found.map(({ iid, eid }) => [iid, eid]));
    const metric = await this.points.metric(project, name);
    const totals = await this.totals(project, iids, metric);
    const drawn = await this.drawn(project, iids, metric, most);
    return iids.map((iid) => {
      const eid = eids.get(iid);
      if (eid === undefined) throw missing(iid);
      return { iid, eid, total: totals.get(iid) ?? 0, points: drawn.get(iid) ?? [] };
    });
  }

  private async totals(
    project: ProjectId,
    iids: readonly CandidateIid[],
    metric: number | undefined,
  ): Promise<Map<number, number>> {
    if (metric === undefined) return new Map();
    const rows = await this.database.query<{ iid: number; points: number }>(pointCounts, [project, iids, metric]);
    return new Map(rows.map(({ iid, points }) => [iid, points]));
  }

  private async drawn(
    project: ProjectId,
    iids: readonly CandidateIid[],
    metric: number | undefined,
    most: number,
  ): Promise<Map<CandidateIid, Point[]>> {
    const drawn = new Map<CandidateIid, Point[]>();
    if (metric === undefined) return drawn;
    const values = [project, iids, metric, most];
    const rows = await this.database.query<PointRow & { iid: number } & Record<string, unknown>>(samples, values);
    for (const { iid, ...row } of rows) {
      const key = asCandidateIid(iid);
      const points = drawn.get(key) ?? [];
      drawn.set(key, points);
      points.push(toPoint(row));
    }
    return drawn;
  }
}
