import { arrayLiteral } from './array-literal';

/** A point with its candidate as a number within the batch, from 1, and its metric as the project's number for it. */
export interface NumberedPoint {
  readonly candidate: number;
  readonly metric: number;
  readonly step: number;
  readonly trackedAt: number;
  readonly value: number;
}

/** PostgreSQL's order: NaN is the greatest and equals itself, and so do both zeros. */
function compareValues(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a - b < 0 ? -1 : 1;
}

function compareSeries(a: NumberedPoint, b: NumberedPoint): number {
  return a.candidate - b.candidate || a.metric - b.metric;
}

function compare(a: NumberedPoint, b: NumberedPoint): number {
  return compareSeries(a, b) || a.step - b.step || a.trackedAt - b.trackedAt || compareValues(a.value, b.value);
}

/** In the order of the table's key, so that concurrent batches lock rows in one order; equal points once. */
export function sortPoints(points: readonly NumberedPoint[]): NumberedPoint[] {
  if (points.length < 2) return [...points];
  const sorted = [...points].sort(compare);
  return sorted.filter((point, index) => {
    const before = sorted[index - 1];
    return before === undefined || compare(before, point) !== 0;
  });
}

/** What the summaries need of the points of one metric of one candidate; points are named by their place, from 1. */
interface Series {
  readonly candidate: number;
  readonly metric: number;
  readonly first: number;
  last: number;
  /** 0 while there is nothing but NaN. */
  min: number;
  max: number;
}

function take(series: Series, { value }: NumberedPoint, place: number, points: readonly NumberedPoint[]): void {
  series.last = place;
  if (Number.isNaN(value)) return;
  if (series.min === 0 || value < (points[series.min - 1]?.value ?? value)) series.min = place;
  if (series.max === 0 || value > (points[series.max - 1]?.value ?? value)) series.max = place;
}

function summarise(points: readonly NumberedPoint[]): Series[] {
  const all: Series[] = [];
  let current: Series | undefined;
  points.forEach((point, index) => {
    const { candidate, metric } = point;
    if (current?.candidate !== candidate || current.metric !== metric) {
      current = { candidate, metric, first: index + 1, last: index + 1, min: 0, max: 0 };
      all.push(current);
    }
    take(current, point, index + 1, points);
  });
  return all;
}

/** The values of the statement for points that {@link sortPoints} has sorted: five arrays of points, six of their summaries. */
export function pointValues(points: readonly NumberedPoint[]): string[] {
  const series = summarise(points);
  return [
    points.map(({ candidate }) => candidate),
    points.map(({ metric }) => metric),
    points.map(({ step }) => step),
    points.map(({ trackedAt }) => trackedAt),
    points.map(({ value }) => value),
    series.map(({ candidate }) => candidate),
    series.map(({ metric }) => metric),
    series.map(({ first }) => first),
    series.map(({ last }) => last),
    series.map(({ min }) => min),
    series.map(({ max }) => max),
  ].map(arrayLiteral);
}
