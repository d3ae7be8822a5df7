import type { CandidateDetails } from '../../candidates';

/** Columns of metrics, and as many of params, that a table shows. */
const columnsShown = 12;

/** The columns of a table of candidates: those that most of its rows fill, by name. */
export interface Columns {
  readonly metrics: readonly string[];
  readonly params: readonly string[];
  /** How many metrics and params have no column. */
  readonly left: number;
}

/** Chooses the columns for these rows. */
export function columnsOf(rows: readonly CandidateDetails[]): Columns {
  const metrics = commonest(rows.map(({ data }) => data.metrics.map(({ name }) => name)));
  const params = commonest(rows.map(({ data }) => data.params.map(({ name }) => name)));
  return { metrics: metrics.shown, params: params.shown, left: metrics.left + params.left };
}

function commonest(rows: readonly (readonly string[])[]): { shown: string[]; left: number } {
  const counts = new Map<string, number>();
  for (const name of rows.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const byCount = [...counts].sort(([a, some], [b, more]) => more - some || (a < b ? -1 : 1)).map(([name]) => name);
  return { shown: byCount.slice(0, columnsShown).sort(), left: Math.max(0, byCount.length - columnsShown) };
}
