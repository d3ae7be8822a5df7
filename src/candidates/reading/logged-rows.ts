import type { NamedValue } from '../../common';
import type { CandidateData, LatestMetric } from '../candidate';
import { toInput, type InputRow } from './candidate-rows';

/** One kind of what one candidate logged: each column of all its rows as one text, in the order of the names. */
export interface LoggedRow {
  readonly kind: 'metrics' | 'params' | 'tags' | 'inputs';
  readonly iid: number;
  /** JSON; of inputs, the whole of them. */
  readonly names: string;
  /** JSON of params and tags; of metrics an array as PostgreSQL writes it, because JSON has no NaN. */
  readonly values: string | null;
  readonly steps: string | null;
  readonly times: string | null;
}

/** PostgreSQL's text of an array of numbers, NaN and the infinities included. */
export function readNumberArray(text: string | null): number[] {
  return text === null || text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}

function toNamedValues({ names, values }: LoggedRow): NamedValue[] {
  const found = JSON.parse(values ?? '[]') as string[];
  return (JSON.parse(names) as string[]).map((name, index) => ({ name, value: found[index] ?? '' }));
}

function toMetrics({ names, values, steps, times }: LoggedRow): LatestMetric[] {
  const [value, step, trackedAt] = [values, steps, times].map(readNumberArray);
  return (JSON.parse(names) as string[]).map((name, index) => ({
    name,
    value: value?.[index] ?? Number.NaN,
    step: step?.[index] ?? 0,
    trackedAt: trackedAt?.[index] ?? 0,
  }));
}

function read(row: LoggedRow): Partial<CandidateData> {
  if (row.kind === 'metrics') return { metrics: toMetrics(row) };
  if (row.kind === 'inputs') return { inputs: (JSON.parse(row.names) as InputRow[]).map(toInput) };
  return { [row.kind]: toNamedValues(row) };
}

const nothing: CandidateData = { metrics: [], params: [], tags: [], inputs: [] };

/** What each candidate logged, by its iid; those that logged nothing are left out. */
export function collectLogged(rows: readonly LoggedRow[]): Map<number, CandidateData> {
  const found = new Map<number, CandidateData>();
  for (const row of rows) found.set(row.iid, { ...(found.get(row.iid) ?? nothing), ...read(row) });
  return found;
}
