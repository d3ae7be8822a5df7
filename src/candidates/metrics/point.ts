/** One value of a metric whose name is known. */
export interface Point {
  readonly step: number;
  /** Milliseconds since the epoch. */
  readonly trackedAt: number;
  /** NaN and the infinities are kept as they are. */
  readonly value: number;
}

/** A row of `assay.metric_points`. */
export interface PointRow {
  readonly step: number;
  readonly tracked_at: number;
  readonly value: number;
}

/** Turns a row into what the domain speaks of. */
export function toPoint({ step, tracked_at: trackedAt, value }: PointRow): Point {
  return { step, trackedAt, value };
}
