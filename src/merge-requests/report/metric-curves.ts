import { Injectable } from '@nestjs/common';
import { asCandidateIid, type CandidateIid, type ProjectId } from '../../common';
import { Database, statement } from '../../database';

/** One place on a curve. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

// Every n-th point and the last one: enough to see the shape, whatever the length.
const curves = statement(
  'curves.thinned',
  `SELECT candidate, step, value FROM (
     SELECT p.candidate_iid AS candidate, p.step, p.value,
            row_number() OVER curve AS place, count(*) OVER (PARTITION BY p.candidate_iid) AS points
       FROM assay.metric_points p
       JOIN assay.metric_names n ON n.project_id = p.project_id AND n.metric_id = p.metric_id
      WHERE p.project_id = $1 AND p.candidate_iid = ANY ($2::bigint[]) AND n.name = $3
     WINDOW curve AS (PARTITION BY p.candidate_iid ORDER BY p.step, p.tracked_at, p.value)
   ) numbered
   WHERE (place - 1) % greatest(1, ceil(points::float8 / $4)::bigint) = 0 OR place = points
   ORDER BY candidate, place`,
);

/** The history of metrics, thinned for plots. */
@Injectable()
export class MetricCurves {
  constructor(private readonly database: Database) {}

  /** By step, about as many points as asked at most; candidates without the metric are left out. */
  async curves(
    project: ProjectId,
    candidates: readonly CandidateIid[],
    metric: string,
    points = 120,
  ): Promise<Map<CandidateIid, CurvePoint[]>> {
    const rows = await this.database.query<{ candidate: number; step: number; value: number }>(curves, [
      project,
      candidates,
      metric,
      points,
    ]);
    const found = new Map<CandidateIid, CurvePoint[]>();
    for (const { candidate, step, value } of rows) {
      const iid = asCandidateIid(candidate);
      found.set(iid, [...(found.get(iid) ?? []), { step, value }]);
    }
    return found;
  }
}
