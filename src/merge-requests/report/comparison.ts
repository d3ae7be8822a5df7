import type { NamedValue } from '../../common';
import type { LatestMetric } from '../../candidates';
import { compare } from './headline';
import type { MetricComparison, ParamDifference, PrimaryMetric } from './report';

/** The metrics of both side by side: the primary one first, then by name. */
export function compareMetrics(
  best: readonly LatestMetric[],
  baseline: readonly LatestMetric[] | undefined,
  primary: PrimaryMetric | undefined,
): MetricComparison[] {
  const values = new Map(best.map(({ name, value }) => [name, value]));
  const baselines = new Map(baseline?.map(({ name, value }) => [name, value]));
  const names = [...new Set([...values.keys(), ...baselines.keys()])].sort(
    (a, b) => Number(b === primary?.name) - Number(a === primary?.name) || order(a, b),
  );
  return names.map((name) => {
    const value = values.get(name);
    const base = baselines.get(name);
    const judged = name === primary?.name && value !== undefined && base !== undefined;
    return {
      name,
      ...(value === undefined ? {} : { value }),
      ...(base === undefined ? {} : { baseline: base }),
      ...(judged ? { verdict: compare(value, base, primary.direction) } : {}),
    };
  });
}

/** The params that are not the same in both, by name. */
export function differingParams(params: readonly NamedValue[], baseline: readonly NamedValue[]): ParamDifference[] {
  const values = new Map(params.map(({ name, value }) => [name, value]));
  const baselines = new Map(baseline.map(({ name, value }) => [name, value]));
  return [...new Set([...values.keys(), ...baselines.keys()])]
    .sort(order)
    .filter((name) => values.get(name) !== baselines.get(name))
    .map((name) => {
      const value = values.get(name);
      const base = baselines.get(name);
      return { name, ...(value === undefined ? {} : { value }), ...(base === undefined ? {} : { baseline: base }) };
    });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
