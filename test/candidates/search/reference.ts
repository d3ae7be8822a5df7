import type { View } from '../../../src/common';

/** A candidate as the reference sees it, with all that a search may look at. */
export interface Trial {
  readonly iid: number;
  readonly eid: string;
  readonly experiment: number;
  readonly name: string;
  readonly status: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly userName: string;
  readonly deleted: boolean;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly inputs: readonly { readonly name: string; readonly digest: string; readonly context?: string }[];
}

export interface Condition {
  readonly kind: 'metrics' | 'params' | 'tags' | 'attributes' | 'dataset';
  readonly name: string;
  readonly operator: string;
  readonly value?: number | string | readonly string[];
}

export interface Sorting {
  readonly kind: 'metrics' | 'params' | 'tags' | 'attributes';
  readonly name: string;
  readonly descending: boolean;
}

export interface Question {
  readonly experiments: readonly number[];
  readonly deletedExperiments: readonly number[];
  readonly view: View;
  readonly conditions: readonly Condition[];
  readonly sortings: readonly Sorting[];
}

type Value = number | string | undefined;

/** The iids that a search has to answer, in order: plain code without any index. */
export function expected(trials: readonly Trial[], question: Question): number[] {
  return trials
    .filter((trial) => question.experiments.includes(trial.experiment) && isVisible(trial, question))
    .filter((trial) => question.conditions.every((condition) => meets(trial, condition)))
    .sort((one, other) => compareTrials(one, other, question.sortings))
    .map(({ iid }) => iid);
}

function isVisible(trial: Trial, { view, deletedExperiments }: Question): boolean {
  const deleted = trial.deleted || deletedExperiments.includes(trial.experiment);
  return view === 'all' || deleted === (view === 'deleted');
}

function valueOf(trial: Trial, kind: string, name: string): Value {
  if (kind === 'metrics') return trial.metrics[name];
  if (kind === 'params') return trial.params[name];
  if (kind === 'tags') return trial.tags[name];
  const runId = trial.eid.replaceAll('-', '');
  const attributes: Record<string, Value> = {
    run_id: runId,
    run_name: trial.name,
    status: trial.status.toUpperCase(),
    start_time: trial.startedAt,
    end_time: trial.endedAt,
    user_id: trial.userName,
    artifact_uri: `mlflow-artifacts:/${trial.experiment}/${runId}/artifacts`,
  };
  return attributes[name];
}

function meets(trial: Trial, { kind, name, operator, value }: Condition): boolean {
  if (kind === 'dataset') {
    return trial.inputs.some((input) => holds(input[name as 'name'], operator, value));
  }
  return holds(valueOf(trial, kind, name), operator, value);
}

function holds(actual: Value, operator: string, value: Condition['value']): boolean {
  if (operator === 'IS NULL') return actual === undefined;
  if (operator === 'IS NOT NULL') return actual !== undefined;
  if (actual === undefined) return false;
  switch (operator) {
    case '=':
      return actual === value;
    case '!=':
      return actual !== value;
    case 'IN':
      return (value as string[]).includes(actual as string);
    case 'NOT IN':
      return !(value as string[]).includes(actual as string);
    case 'LIKE':
    case 'ILIKE':
      return pattern(value as string, operator).test(actual as string);
    case '<':
      return (actual as number) < (value as number);
    case '<=':
      return (actual as number) <= (value as number);
    case '>':
      return (actual as number) > (value as number);
    default:
      return (actual as number) >= (value as number);
  }
}

function pattern(like: string, operator: string): RegExp {
  const source = like
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, operator === 'LIKE' ? 'su' : 'sui');
}

function compareTrials(one: Trial, other: Trial, sortings: readonly Sorting[]): number {
  for (const { kind, name, descending } of sortings) {
    const order = compareValues(valueOf(one, kind, name), valueOf(other, kind, name), descending);
    if (order !== 0) return order;
  }
  return other.startedAt - one.startedAt || other.iid - one.iid;
}

function compareValues(one: Value, other: Value, descending: boolean): number {
  const ranks = rank(one) - rank(other);
  if (ranks !== 0 || rank(one) > 0) return ranks;
  const order =
    typeof one === 'string'
      ? Buffer.compare(Buffer.from(one), Buffer.from(other as string))
      : Number((one as number) > (other as number)) - Number((one as number) < (other as number));
  return descending ? -order : order;
}

function rank(value: Value): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}
