import type { Comparison, Filter, Order } from '../../common/filter';
import type { Rank } from './order-terms';
import type { Scope } from './scope';

/** Longer pages are joined faster as a whole. */
const shortPage = 1_000;

/** How a search goes about it. */
export interface SearchPlan {
  /** One statement each until the page is full; see {@link Stretch.walk}. */
  readonly walks: readonly (Rank | undefined)[];
  readonly among?: readonly number[];
  readonly rowByRow: boolean;
}

/** All comparisons of a filter, however they are joined. */
export function comparisonsOf(filter: Filter): Comparison[] {
  if (filter.type === 'comparison') return [filter];
  return filter.type === 'not' ? comparisonsOf(filter.term) : filter.terms.flatMap(comparisonsOf);
}

/** The parts of a filter that have to hold together. */
export function conjunctsOf(filter: Filter): Filter[] {
  return filter.type === 'and' ? filter.terms.flatMap(conjunctsOf) : [filter];
}

/** The comparisons that the rows of a walk by the first metric do not answer by themselves, nor the candidate's row. */
export function lookups(comparisons: readonly Comparison[], orders: readonly Order[]): Comparison[] {
  return comparisons.filter(({ column }) => column.kind !== 'attribute' && !isWalked(column, orders));
}

/**
 * Few candidates are fetched and sorted. Otherwise, when a metric orders first, its index gives the candidates with a value, then
 * those with NaN, then the rest goes by start time. With several lookups, patterns or long pages, the planner decides how.
 */
export function planSearch(
  scope: Scope,
  { orders, comparisons, limit }: { orders: readonly Order[]; comparisons: readonly Comparison[]; limit: number },
  among: readonly number[] | undefined,
): SearchPlan {
  if (among !== undefined) return { walks: among.length === 0 ? [] : [undefined], among, rowByRow: false };
  const [lookup, ...more] = lookups(comparisons, orders);
  const one = lookup !== undefined && more.length === 0 && usuallyMetByMany(lookup) && limit <= shortPage;
  const first = orders[0]?.column;
  if (first?.kind !== 'metric') {
    return { walks: [undefined], rowByRow: one && first?.name === 'start_time' && orders[0]?.descending === true };
  }
  const own = comparisons.filter(({ column }) => isWalked(column, orders));
  if (!scope.metrics.has(first.name)) return { walks: own.length > 0 ? [] : [2], rowByRow: false };
  if (own.length === 0) return { walks: [0, 1, 2], rowByRow: one };
  return { walks: own.every(({ operator }) => operator === '!=') ? [0, 1] : [0], rowByRow: one };
}

/** What {@link rareCandidates} has found to be common, and what mostly is. */
function usuallyMetByMany({ column, operator }: Comparison): boolean {
  return column.kind !== 'dataset' && !operator.endsWith('LIKE');
}

function isWalked(column: Comparison['column'], orders: readonly Order[]): boolean {
  return column.kind === 'metric' && orders[0]?.column.kind === 'metric' && column.name === orders[0].column.name;
}
