import type { Order } from '../../common/filter';
import { forEachExperiment, makeFrame } from './frame';
import { afterSql, type Place } from './keyset';
import { orderTerms, type OrderTerm } from './order-terms';
import type { Scope } from './scope';
import { metricRows } from './source';
import type { BoundStatement, Stretch } from './statement';

/** One round of asking the experiments for their first rows. */
interface PoolRound {
  readonly takes: ReadonlyMap<number, number>;
  readonly limit: number;
  /** Goes on after this value and candidate. */
  readonly from?: Place;
}

const iid: Order = { column: { kind: 'attribute', name: 'iid' }, descending: false };

/** The first rows of a metric's index over several experiments, as `iid`, `e` and `v0`: whichever candidates they are of. */
export function poolStatement(scope: Scope, stretch: Stretch, { takes, limit, from }: PoolRound): BoundStatement {
  const [first = iid] = stretch.orders;
  const frame = makeFrame(scope, { span: 'each', walkedMetric: undefined, rowByRow: false });
  const terms = orderTerms([first], frame, 0);
  const rows = metricRows(frame, { ...stretch, first, rank: 0, span: 'each' }, terms);
  const tie: OrderTerm = { descending: first.descending, type: 'bigint', value: 'o0.candidate_iid', fixedRank: 0 };
  const after = from === undefined ? [] : [afterSql([...terms, tie], from, frame.values)];
  const direction = first.descending ? ' DESC' : '';
  const order = `v0${direction}, iid${direction}`;
  const inner = `SELECT o0.candidate_iid AS iid, o0.experiment_iid AS e, o0.latest AS v0 FROM assay.candidate_metrics o0
WHERE ${[...rows, ...after].join(' AND ')} ORDER BY ${order}`;
  const text = forEachExperiment(frame, inner, { order, limit: frame.values.add(limit, 'bigint'), takes });
  return { statement: { text }, values: frame.values.all };
}
