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
  /** What was logged to each metric, in the order of steps. */
  readonly metrics: Readonly<Record<string, number | readonly number[]>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly inputs: readonly { readonly name: string; readonly digest: string; readonly context?: string }[];
  readonly createdBy?: string;
  readonly commit?: string;
  readonly branch?: string;
  readonly mergeRequests?: readonly number[];
}

export type Where =
  | Condition
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Where[] }
  | { readonly kind: 'not'; readonly term: Where };

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
  readonly experiments: 'all' | readonly number[];
  readonly deletedExperiments: readonly number[];
  readonly view: View;
  readonly where: Where;
  readonly sortings: readonly Sorting[];
  readonly primary?: { readonly name: string; readonly direction: 'maximize' | 'minimize' };
}

type Value = number | string | undefined;

/** The iids that a search has to answer, in order: plain code without any index. */
export function expected(trials: readonly Trial[], question: Question): number[] {
  const world = new World(trials, question.primary);
  const { experiments } = question;
  return trials
    .filter((trial) => experiments === 'all' || experiments.includes(trial.experiment))
    .filter((trial) => isVisible(trial, question) && world.accepts(trial, question.where))
    .sort((one, other) => world.compare(one, other, question.sortings))
    .map(({ iid }) => iid);
}

const summed: Record<string, (values: readonly number[]) => number | undefined> = {
  latest: (values) => values.at(-1),
  first: (values) => values[0],
  min: (values) => extreme(values, Math.min),
  max: (values) => extreme(values, Math.max),
};

/** NaN counts only when there is nothing else. */
function extreme(values: readonly number[], of: (...values: number[]) => number): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.length === 0 ? NaN : of(...numbers);
}

function isVisible(trial: Trial, { view, deletedExperiments }: Question): boolean {
  const deleted = trial.deleted || deletedExperiments.includes(trial.experiment);
  return view === 'all' || deleted === (view === 'deleted');
}

/** All candidates: what a name means and who descends from whom depends on the others, too. */
class World {
  private readonly metrics: ReadonlySet<string>;

  constructor(
    private readonly trials: readonly Trial[],
    private readonly primary: Question['primary'],
  ) {
    this.metrics = new Set(trials.flatMap((trial) => Object.keys(trial.metrics)));
  }

  accepts(trial: Trial, where: Where): boolean {
    switch (where.kind) {
      case 'and':
        return where.terms.every((term) => this.accepts(trial, term));
      case 'or':
        return where.terms.some((term) => this.accepts(trial, term));
      case 'not':
        return !this.accepts(trial, where.term);
      default:
        return this.meets(trial, where);
    }
  }

  compare(one: Trial, other: Trial, sortings: readonly Sorting[]): number {
    for (const { kind, name, descending } of sortings) {
      const order = compareValues(this.valueOf(one, kind, name), this.valueOf(other, kind, name), descending);
      if (order !== 0) return order;
    }
    return other.startedAt - one.startedAt || other.iid - one.iid;
  }

  private meets(trial: Trial, { kind, name, operator, value }: Condition): boolean {
    if (kind === 'dataset') return trial.inputs.some((input) => holds(input[name as 'name'], operator, value));
    if (kind === 'attributes') {
      if (name === 'ancestor_run_id') return this.descends(trial, value as string, new Set());
      if (name === 'merge_request') {
        const links = trial.mergeRequests ?? [];
        if (operator === 'IS NULL') return links.length === 0;
        return links.some((link) => holds(link, operator, value));
      }
      if (name === 'commit' && ['=', '!='].includes(operator) && trial.commit !== undefined) {
        return trial.commit.startsWith(String(value).toLowerCase()) === (operator === '=');
      }
    }
    return holds(this.valueOf(trial, kind, name), operator, value);
  }

  private descends({ tags }: Trial, ancestor: string, seen: Set<string>): boolean {
    const parent = tags['mlflow.parentRunId'];
    if (parent === undefined || seen.has(parent)) return false;
    if (parent === ancestor) return true;
    seen.add(parent);
    const next = this.trials.find(({ eid }) => eid.replaceAll('-', '') === parent);
    return next !== undefined && this.descends(next, ancestor, seen);
  }

  private metric(trial: Trial, written: string): number | undefined {
    const dot = written.lastIndexOf('.');
    const [name, ending] = this.metrics.has(written) ? [written, 'latest'] : this.split(written, dot);
    const values = trial.metrics[name];
    return values === undefined ? undefined : summed[ending]?.([values].flat());
  }

  private split(written: string, dot: number): [name: string, ending: string] {
    const [name, ending] = [written.slice(0, dot), written.slice(dot + 1)];
    if (ending !== 'best' || this.primary?.name !== name) return [name, ending];
    return [name, this.primary.direction === 'maximize' ? 'max' : 'min'];
  }

  private valueOf(trial: Trial, kind: string, name: string): Value {
    if (kind === 'metrics') return this.metric(trial, name);
    if (kind === 'params') return trial.params[name];
    if (kind === 'tags') return trial.tags[name];
    return attributeOf(trial, name);
  }
}

function attributeOf(trial: Trial, name: string): Value {
  const runId = trial.eid.replaceAll('-', '');
  const attributes: Record<string, Value> = {
    run_id: runId,
    run_name: trial.name,
    status: trial.status.toUpperCase(),
    start_time: trial.startedAt,
    end_time: trial.endedAt,
    user_id: trial.userName,
    artifact_uri: `mlflow-artifacts:/${trial.experiment}/${runId}/artifacts`,
    author: trial.createdBy ?? 'x',
    branch: trial.branch,
    commit: trial.commit,
    parent_run_id: trial.tags['mlflow.parentRunId'],
  };
  return attributes[name];
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
