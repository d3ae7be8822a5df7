import type { Filter, Order } from '../../common/filter';
import type { Statement } from '../../database';
import { conditionSql } from './conditions';
import { forEachExperiment, makeFrame, type Frame } from './frame';
import { afterSql, type Place } from './keyset';
import { orderTerms, type OrderTerm, type Rank } from './order-terms';
import type { Scope } from './scope';

/** One stretch of a search's answer. */
export interface Stretch {
  readonly filter: Filter;
  /** Total: it ends with the iid. */
  readonly orders: readonly Order[];
  readonly limit: number;
  /** Goes on after this place. */
  readonly after?: Place;
  /** Only the candidates whose first term has this rank. Set when that term is a metric, by whose index the statement then walks. */
  readonly walk?: Rank;
  /** Only these candidates can meet the filter. */
  readonly among?: readonly number[];
  /** See {@link Frame.rowByRow}. */
  readonly rowByRow: boolean;
}

/** SQL text and what its placeholders stand for. */
export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** The rows of a stretch: `iid`, and rank `r<i>` and value `v<i>` of each term. */
export function searchStatement(scope: Scope, stretch: Stretch): BoundStatement {
  const metric = stretch.walk === undefined ? undefined : firstMetric(scope, stretch);
  const walks = metric !== undefined && stretch.walk !== 2;
  const frame = makeFrame(scope, walks ? metric : undefined, stretch.rowByRow);
  const terms = orderTerms(stretch.orders, frame, stretch.walk);
  const limit = frame.values.add(stretch.limit, 'bigint');
  const conditions = [
    ...source(frame, stretch.walk, metric),
    ...visible(frame),
    ...(stretch.among === undefined ? [] : [`c.iid = ANY (${frame.values.add(stretch.among, 'bigint[]')})`]),
    conditionSql(stretch.filter, frame),
    ...(stretch.after === undefined ? [] : [afterSql(terms, stretch.after, frame.values)]),
  ];
  const from = walks
    ? `assay.candidate_metrics o0 JOIN assay.candidates c ON c.project_id = ${frame.project} AND c.iid = o0.candidate_iid`
    : 'assay.candidates c';
  const inner = `SELECT c.iid, ${terms.map(selected).join(', ')}
FROM ${[from, ...terms.flatMap(({ join }) => join ?? [])].join('\n')}
WHERE ${conditions.map((condition) => `(${condition})`).join('\n  AND ')}
ORDER BY ${orderSql(terms)} LIMIT ${limit}`;
  const text = forEachExperiment(frame, inner, orderSql(terms), limit);
  return { statement: { text }, values: frame.values.all };
}

function firstMetric(scope: Scope, { orders }: Stretch): number | undefined {
  return scope.metrics.get(orders[0]?.column.name ?? '');
}

/** Where the candidates come from: the metric's rows, those without any, or the experiment's. */
function source(frame: Frame, walk: Rank | undefined, metric: number | undefined): string[] {
  const { project, experiment, values } = frame;
  const own = `c.project_id = ${project} AND c.experiment_iid = ${experiment}`;
  if (metric === undefined) return [own];
  const id = values.add(metric, 'integer');
  if (walk === 2) {
    return [
      own,
      `NOT EXISTS (SELECT FROM assay.candidate_metrics o0
        WHERE o0.project_id = ${project} AND o0.candidate_iid = c.iid AND o0.metric_id = ${id})`,
    ];
  }
  const row = `o0.project_id = ${project} AND o0.experiment_iid = ${experiment} AND o0.metric_id = ${id}`;
  return [row, walk === 1 ? `o0.latest = 'NaN'` : `o0.latest < 'NaN'`];
}

function visible({ scope, experimentDeleted }: Frame): string[] {
  if (scope.view === 'active') return ['c.deleted_at IS NULL'];
  const stays = 'c.purge_requested_at IS NULL';
  return scope.view === 'all' ? [stays] : [`(${experimentDeleted} OR c.deleted_at IS NOT NULL) AND ${stays}`];
}

function selected(term: OrderTerm, index: number): string {
  return `${term.rank ?? term.fixedRank} AS r${index}, ${term.value} AS v${index}`;
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
