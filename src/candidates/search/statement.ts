import type { Comparison, Filter, Order } from '../../common/filter';
import type { Statement } from '../../database';
import { conditionSql } from './conditions';
import { forEachExperiment, makeFrame, type Frame, type Span } from './frame';
import { afterSql, type Place } from './keyset';
import { namedTables, orderTerms, type OrderTerm, type Rank } from './order-terms';
import type { Scope } from './scope';
import { beginning, sourceOf } from './source';

/** One stretch of a search's answer. */
export interface Stretch {
  readonly filter: Filter;
  /** Total: it ends with the iid. */
  readonly orders: readonly Order[];
  readonly limit: number;
  /** Goes on after this place. */
  readonly after?: Place;
  /** Only the candidates whose first term has this rank. Set when that term is a metric, param or tag. */
  readonly walk?: Rank;
  /** Only these candidates can meet the filter. */
  readonly among?: readonly number[];
  /** Comparisons with the metric of the first term that have to hold. */
  readonly own: readonly Comparison[];
  /** See {@link Frame.rowByRow}. */
  readonly rowByRow: boolean;
  readonly span: Span;
  /** How many candidates each experiment gives at most, when they are asked in turn; others are not asked. */
  readonly takes?: ReadonlyMap<number, number>;
  /** Looks no further than so many rows in order, whether or not enough of them meet the filter. */
  readonly trial?: number;
  /** Keeps the planner from hoping that the first rows of the order soon make a page. */
  readonly fenced?: boolean;
}

/** SQL text and what its placeholders stand for. */
export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** The rows of a stretch: `iid`, its experiment's as `e`, and rank `r<i>` and value `v<i>` of each term. */
export function searchStatement(scope: Scope, stretch: Stretch): BoundStatement {
  const { orders, walk, span, rowByRow } = stretch;
  const first = orders[0];
  if (first === undefined) throw new Error('An order ends with the iid');
  const metric = first.column.kind === 'metric' ? scope.metrics.get(first.column.name) : undefined;
  const walkedMetric = walk === 0 || walk === 1 ? metric : undefined;
  const frame = makeFrame(scope, { span, walkedMetric, rowByRow });
  const terms = orderTerms(orders, frame, walk);
  const source = sourceOf(frame, { ...stretch, first, rank: walk }, terms);
  const conditions = [
    ...source.conditions,
    ...visible(frame),
    ...(stretch.among === undefined ? [] : [`c.iid = ANY (${frame.values.add(stretch.among, 'bigint[]')})`]),
    conditionSql(stretch.filter, frame),
    ...(stretch.after === undefined ? [] : [afterSql(terms, stretch.after, frame.values)]),
  ];
  const inner = `SELECT c.iid, c.experiment_iid AS e, ${terms.map(selected).join(', ')}
FROM ${[source.from, ...terms.flatMap(({ join }) => join ?? [])].join('\n')}
WHERE ${conditions.map((condition) => `(${condition})`).join('\n  AND ')}`;
  return { statement: { text: pageSql(frame, stretch, inner, orderOf(stretch, terms)) }, values: frame.values.all };
}

function pageSql(frame: Frame, { limit, takes, fenced }: Stretch, rows: string, order: string): string {
  const count = frame.values.add(limit, 'bigint');
  if (takes !== undefined)
    return forEachExperiment(frame, `${rows}\nORDER BY ${order}`, { order, limit: count, takes });
  const source = fenced === true ? `SELECT * FROM (${rows}\nOFFSET 0) AS met` : rows;
  return `${source}\nORDER BY ${order} LIMIT ${count}`;
}

function visible(frame: Frame): string[] {
  const { scope } = frame;
  if (scope.view === 'active') return ['c.deleted_at IS NULL'];
  const stays = 'c.purge_requested_at IS NULL';
  return scope.view === 'all' ? [stays] : [`(${frame.experimentDeleted()} OR c.deleted_at IS NOT NULL) AND ${stays}`];
}

function selected(term: OrderTerm, index: number): string {
  return `${term.rank ?? term.fixedRank} AS r${index}, ${term.value} AS v${index}`;
}

/** A walk by a param begins with what its index sorts by, so that it need not be sorted as a whole. */
function orderOf({ orders: [first], walk, trial }: Stretch, terms: readonly OrderTerm[]): string {
  const named = walk === 0 && trial !== undefined && namedTables.has(first?.column.kind ?? '');
  return `${named ? `${beginning}${first?.descending === true ? ' DESC' : ''}, ` : ''}${orderSql(terms)}`;
}

function orderSql(terms: readonly OrderTerm[]): string {
  return terms
    .flatMap((term, index) => {
      const value = `v${index}${term.descending ? ' DESC' : ''}`;
      if (term.rank !== undefined) return [`r${index}`, value];
      return term.fixedRank === 0 ? [value] : [];
    })
    .join(', ');
}
