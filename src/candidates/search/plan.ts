import type { Column, Comparison, Filter, Order } from '../../common/filter';
import type { Span } from './frame';
import type { Rank } from './order-terms';
import type { Scope } from './scope';

/** Longer pages are joined faster as a whole. */
const shortPage = 1_000;

/**
 * How a search finds its page. PostgreSQL decides (`sort`). Or the order's first rows are looked at, and all are sorted when too few of
 * them meet the filter: the first of one index (`try`), or those that the experiments give (`pool`). Or there is nothing else to
 * look at than what the experiments give (`merge`).
 */
type Course = 'sort' | 'try' | 'pool' | 'merge';

/** How a search goes about it. */
export interface SearchPlan {
  /** One stretch each until the page is full; see `Stretch.walk`. */
  readonly walks: readonly (Rank | undefined)[];
  readonly among?: readonly number[];
  /** Comparisons with the metric that orders first, which have to hold. */
  readonly own: readonly Comparison[];
  readonly course: Course;
  readonly span: Span;
  /** Whether a row of the order's index and the candidate's own do not tell all that the filter asks. */
  readonly rowByRow: boolean;
  /** Whether there is no filter. */
  readonly simple: boolean;
}

/** All comparisons of a filter, however they are joined. */
export function comparisonsOf(filter: Filter): Comparison[] {
  if (filter.type === 'comparison') return [filter];
  return filter.type === 'not' ? comparisonsOf(filter.term) : filter.terms.flatMap(comparisonsOf);
}

/** The parts of a filter that have to hold together. */
function conjunctsOf(filter: Filter): Filter[] {
  return filter.type === 'and' ? filter.terms.flatMap(conjunctsOf) : [filter];
}

/** What is searched for. */
interface Wanted {
  readonly orders: readonly Order[];
  readonly filter: Filter;
  readonly limit: number;
}

/** The filter without what an order's index tells anyway. */
export function worthKnowing(filter: Filter, orders: readonly Order[]): Filter {
  const [first] = orders;
  const walked = first?.column.kind === 'metric' && (first.column.aggregate ?? 'latest') === 'latest';
  const terms = conjunctsOf(filter).filter(
    (term) => !(walked && term.type === 'comparison' && isOf(term.column, first)),
  );
  return { type: 'and', terms };
}

/** Few candidates are fetched and sorted. Otherwise it depends on the order: only some have an index to walk. */
export function planSearch(scope: Scope, wanted: Wanted, among: readonly number[] | undefined): SearchPlan {
  const { orders, filter, limit } = wanted;
  const terms = conjunctsOf(filter);
  const required = terms.filter((term) => term.type === 'comparison');
  const first = orders[0];
  const own = required.filter(({ column }) => isOf(column, first));
  const span: Span = scope.experiments.length === 1 ? 'one' : 'all';
  if (among !== undefined) {
    return {
      walks: among.length === 0 ? [] : [undefined],
      among,
      own: [],
      course: 'sort',
      span,
      rowByRow: false,
      simple: false,
    };
  }
  const heavy = terms.filter((term) => isHeavy(term, first));
  const course = limit > shortPage ? 'sort' : courseOf(scope, first, heavy);
  return {
    walks: walksOf(scope, first, own),
    own: first?.column.kind === 'metric' ? own : [],
    course,
    span: course === 'merge' ? 'each' : span,
    rowByRow: course !== 'sort' && heavy.length > 0,
    simple: filter.type === 'and' && filter.terms.length === 0,
  };
}

/** Those with a value, with NaN, with nothing; as far as the filter lets them through. */
function walksOf({ metrics }: Scope, first: Order | undefined, own: readonly Comparison[]): SearchPlan['walks'] {
  const column = first?.column;
  if (column?.kind === 'parameter' || column?.kind === 'tag') {
    return own.some(({ operator }) => operator !== 'IS NULL') ? [0] : [0, 2];
  }
  if (column?.kind !== 'metric') return [undefined];
  if (!metrics.has(column.name)) return own.length > 0 ? [] : [2];
  if (own.length === 0) return [0, 1, 2];
  const notNaN = own.some(
    ({ operator, column: { aggregate = 'latest' } }) =>
      operator !== '!=' && aggregate === (column.aggregate ?? 'latest'),
  );
  return notNaN ? [0] : [0, 1];
}

function courseOf(scope: Scope, first: Order | undefined, heavy: readonly Filter[]): Course {
  const kind = first?.column.kind;
  const one = scope.experiments.length === 1;
  if (kind === 'parameter' || kind === 'tag') return 'try';
  if (kind === 'metric') {
    if ((first?.column.aggregate ?? 'latest') !== 'latest') return 'try';
    if (!one) return 'pool';
    return heavy.length === 0 ? 'sort' : 'try';
  }
  const newest = kind === 'attribute' && first?.column.name === 'start_time' && first.descending;
  if (!newest) return 'sort';
  if (heavy.length > 0) return 'try';
  return one || scope.whole ? 'sort' : 'merge';
}

/** Whether it takes a look elsewhere than at the rows that are walked, and the candidate's own. */
function isHeavy(filter: Filter, first: Order | undefined): boolean {
  return comparisonsOf(filter).some(({ column }) => {
    if (column.kind === 'attribute') return column.name === 'merge_request';
    return !(column.kind === 'metric' && isOf(column, first));
  });
}

function isOf(column: Column, first: Order | undefined): boolean {
  return column.kind === first?.column.kind && column.name === first.column.name;
}
