import type { Aggregate, Column, Comparison, Filter, Order } from '../../common/filter';
import type { Scope } from './scope';

const endings = new Map<string, Aggregate | 'best'>([
  ['latest', 'latest'],
  ['first', 'first'],
  ['min', 'min'],
  ['max', 'max'],
  ['best', 'best'],
]);

/** What is meant by `acc.max`, unless a metric has this very name. */
interface Summed {
  readonly name: string;
  readonly aggregate: Aggregate | 'best';
}

function readSummed(written: string): Summed | undefined {
  const dot = written.lastIndexOf('.');
  const aggregate = endings.get(written.slice(dot + 1));
  return dot < 1 || aggregate === undefined ? undefined : { name: written.slice(0, dot), aggregate };
}

/** All names that the metrics of a search may have: as written, and without the ending that sums them up. */
export function possibleMetrics(columns: readonly Column[]): string[] {
  const written = columns.filter(({ kind }) => kind === 'metric').map(({ name }) => name);
  return [...new Set(written.flatMap((name) => [name, readSummed(name)?.name ?? name]))];
}

/** Where MLflow's client notes the run that another one is nested in. */
const parent: Column = { kind: 'tag', name: 'mlflow.parentRunId' };

/** Tells a metric that is named `acc.max` from the highest value of `acc`. The best one is known of the project's primary metric only. */
function resolve(column: Column, { metrics, primaryMetric }: Scope): Column {
  if (column.kind === 'attribute' && column.name === 'parent_run_id') return parent;
  const summed = column.kind === 'metric' && !metrics.has(column.name) ? readSummed(column.name) : undefined;
  if (summed === undefined) return column;
  const { kind } = column;
  if (summed.aggregate !== 'best') return { kind, name: summed.name, aggregate: summed.aggregate };
  if (primaryMetric?.name !== summed.name) return column;
  return { kind, name: summed.name, aggregate: primaryMetric.direction === 'minimize' ? 'min' : 'max' };
}

/** The filter with its columns as the project has them. */
export function resolveFilter(filter: Filter, scope: Scope): Filter {
  if (filter.type === 'comparison') return { ...filter, column: resolve(filter.column, scope) } satisfies Comparison;
  if (filter.type === 'not') return { type: 'not', term: resolveFilter(filter.term, scope) };
  return { type: filter.type, terms: filter.terms.map((term) => resolveFilter(term, scope)) };
}

/** The order with its columns as the project has them. */
export function resolveOrders(orders: readonly Order[], scope: Scope): Order[] {
  return orders.map((order) => ({ ...order, column: resolve(order.column, scope) }));
}

/** The SQL of a metric's value in the row `alias` of its summaries. Nothing but NaN logged: that is its lowest and highest value too. */
export function metricValue(alias: string, { aggregate = 'latest' }: Column): string {
  return aggregate === 'min' || aggregate === 'max'
    ? `coalesce(${alias}.${aggregate}, 'NaN')`
    : `${alias}.${aggregate}`;
}
