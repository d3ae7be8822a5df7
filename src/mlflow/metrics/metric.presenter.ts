import type { MetricPoint } from '../../candidates';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#metric */
export interface WireMetric {
  readonly key: string;
  /** NaN and the infinities are texts on the wire, because JSON has no numbers for them. */
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

/** A double for the wire: the shortest text that reads back as the same number. */
export function toDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** For the wire. */
export function toMetric({ name, value, trackedAt, step }: MetricPoint): WireMetric {
  return { key: name, value: toDouble(value), timestamp: trackedAt, step };
}
