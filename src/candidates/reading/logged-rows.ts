import type { NamedValue, ProjectId } from '../../common';
import type { CandidateData, CandidateDetails, LatestMetric } from '../candidate';
import { toCandidate, toInput, type CandidateRow, type InputRow } from './candidate-rows';

/** Params or tags by name: a JSON list of each column; null when there are none. */
interface NamedColumns {
  readonly names: string | null;
  readonly values: string | null;
}

/** Metrics by name; all but the names are arrays as PostgreSQL writes them, because JSON has no NaN. */
interface MetricColumns extends NamedColumns {
  readonly steps: string | null;
  readonly times: string | null;
}

/** One kind of what one candidate of a page logged; of inputs, the names hold the whole of them. */
export interface LoggedRow extends MetricColumns {
  readonly kind: 'metrics' | 'params' | 'tags' | 'inputs';
  readonly iid: number;
}

/** One candidate with all that it logged. */
export interface DetailsRow extends CandidateRow {
  readonly metric_names: string | null;
  readonly metric_values: string | null;
  readonly metric_steps: string | null;
  readonly metric_times: string | null;
  readonly param_names: string | null;
  readonly param_values: string | null;
  readonly tag_names: string | null;
  readonly tag_values: string | null;
  readonly inputs: readonly InputRow[];
}

/** An array without NULLs. */
function readNumberArray(text: string | null): number[] {
  return text === null || text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}

function readTexts(text: string | null): string[] {
  return text === null ? [] : (JSON.parse(text) as string[]);
}

function toNamedValues({ names, values }: NamedColumns): NamedValue[] {
  const found = readTexts(values);
  return readTexts(names).map((name, index) => ({ name, value: found[index] ?? '' }));
}

function toMetrics({ names, values, steps, times }: MetricColumns): LatestMetric[] {
  const [value, step, trackedAt] = [values, steps, times].map(readNumberArray);
  return readTexts(names).map((name, index) => ({
    name,
    value: value?.[index] ?? Number.NaN,
    step: step?.[index] ?? 0,
    trackedAt: trackedAt?.[index] ?? 0,
  }));
}

function read(row: LoggedRow): Partial<CandidateData> {
  if (row.kind === 'metrics') return { metrics: toMetrics(row) };
  if (row.kind === 'inputs') return { inputs: (JSON.parse(row.names ?? '[]') as InputRow[]).map(toInput) };
  return { [row.kind]: toNamedValues(row) };
}

const nothing: CandidateData = { metrics: [], params: [], tags: [], inputs: [] };

/** What each candidate logged, by its iid; those that logged nothing are left out. */
export function collectLogged(rows: readonly LoggedRow[]): Map<number, CandidateData> {
  const found = new Map<number, CandidateData>();
  for (const row of rows) found.set(row.iid, { ...(found.get(row.iid) ?? nothing), ...read(row) });
  return found;
}

/** Turns a row into what the domain speaks of. */
export function toDetails(project: ProjectId, row: DetailsRow): CandidateDetails {
  const { metric_names: names, metric_values: values, metric_steps: steps, metric_times: times } = row;
  return {
    candidate: toCandidate(project, row),
    data: {
      metrics: toMetrics({ names, values, steps, times }),
      params: toNamedValues({ names: row.param_names, values: row.param_values }),
      tags: toNamedValues({ names: row.tag_names, values: row.tag_values }),
      inputs: row.inputs.map(toInput),
    },
  };
}
