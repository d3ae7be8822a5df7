import type { Comparison, Order } from '../../common/filter';
import { indexedLength, metricCondition } from './conditions';
import type { Frame, Span } from './frame';
import { beginSql, type Place } from './keyset';
import { namedTables, type OrderTerm, type Rank } from './order-terms';
import { metricValue } from './resolve';

/** Where the candidates of a statement come from: the rows `c`, and `o0` where it walks by a metric, param or tag. */
export interface Source {
  readonly from: string;
  readonly conditions: readonly string[];
}

/** How a statement walks. */
export interface Walk {
  readonly first: Order;
  readonly rank: Rank | undefined;
  readonly span: Span;
  /** Comparisons with the metric that is walked by, which have to hold. */
  readonly own: readonly Comparison[];
  /** Looks at so many rows at most, and at those equal to the last one. */
  readonly trial?: number;
  readonly after?: Place;
}

/** The rows that a walk meets. */
export function sourceOf(frame: Frame, walk: Walk, terms: readonly OrderTerm[]): Source {
  if (walk.rank === undefined) return candidates(frame, walk, terms);
  const { kind } = walk.first.column;
  const table = kind === 'metric' ? 'assay.candidate_metrics' : (namedTables.get(kind) ?? '');
  const own = ownRows(frame, walk.first);
  if (walk.rank === 2) {
    const without =
      own === undefined ? [] : [`NOT EXISTS (SELECT FROM ${table} o0 WHERE ${own} AND o0.candidate_iid = c.iid)`];
    return { from: 'assay.candidates c', conditions: [...ofExperiments(frame), ...without] };
  }
  const narrow = kind === 'metric' && walk.span !== 'all';
  const conditions = [
    own ?? 'false',
    ...(narrow ? [`o0.experiment_iid = ${frame.experiment}`] : []),
    ...(kind === 'metric' ? [rankCondition(walk)] : []),
  ];
  const join = `JOIN assay.candidates c ON c.project_id = ${frame.project} AND c.iid = o0.candidate_iid`;
  const rest = narrow ? [] : ofExperiments(frame);
  if (walk.trial === undefined) return { from: `${table} o0 ${join}`, conditions: [...conditions, ...rest] };
  const met = met0(frame, walk, terms, { table, conditions });
  return { from: `(${met}) o0 ${join}`, conditions: rest };
}

function ofExperiments(frame: Frame): string[] {
  const among = frame.among();
  return [`c.project_id = ${frame.project}`, ...(among === undefined ? [] : [among])];
}

function ownRows({ project, scope, values }: Frame, { column }: Order): string | undefined {
  const base = `o0.project_id = ${project}`;
  if (column.kind !== 'metric') return `${base} AND o0.name = ${values.add(column.name, 'text')}`;
  const id = scope.metrics.get(column.name);
  return id === undefined ? undefined : `${base} AND o0.metric_id = ${values.add(id, 'integer')}`;
}

/** With a value, or with nothing but NaN. */
function rankCondition({ first, rank }: Walk): string {
  const value = metricValue('o0', first.column);
  return rank === 1 ? `${value} = 'NaN'` : `${value} < 'NaN'`;
}

/** The newest candidates first: the only order over candidates themselves that an index has. */
function candidates(frame: Frame, walk: Walk, terms: readonly OrderTerm[]): Source {
  const conditions = ofExperiments(frame);
  if (walk.trial === undefined) return { from: 'assay.candidates c', conditions };
  const begin = walk.after === undefined ? [] : [beginSql(terms, walk.after, frame.values)];
  const where = [...conditions, ...begin].join(' AND ');
  const text = `SELECT c.* FROM assay.candidates c WHERE ${where} ORDER BY c.started_at DESC ${firstRows(frame, walk)}`;
  return { from: `(${text}) c`, conditions: [] };
}

function met0(
  frame: Frame,
  walk: Walk,
  terms: readonly OrderTerm[],
  { table, conditions }: { readonly table: string; readonly conditions: readonly string[] },
): string {
  const { values } = frame;
  const descending = walk.first.descending ? ' DESC' : '';
  const metric = walk.first.column.kind === 'metric';
  const key = metric ? 'o0.latest' : `left(o0.value, ${indexedLength}) COLLATE "C"`;
  const own = walk.own.map(({ column, operator, value }) =>
    metricCondition(metricValue('o0', column), operator, value, values),
  );
  const begin = walk.after === undefined ? [] : [beginOf(frame, walk, terms, walk.after)];
  return `SELECT o0.* FROM ${table} o0 WHERE ${[...conditions, ...own, ...begin].join(' AND ')}
    ORDER BY ${key}${descending} ${firstRows(frame, walk)}`;
}

function beginOf(frame: Frame, walk: Walk, terms: readonly OrderTerm[], after: Place): string {
  if (walk.first.column.kind === 'metric') return beginSql(terms, after, frame.values);
  const beginning = Array.from(String(after[0]?.[1] ?? ''))
    .slice(0, indexedLength)
    .join('');
  const bound = frame.values.add(beginning, 'text');
  return `left(o0.value, ${indexedLength}) COLLATE "C" ${walk.first.descending ? '<=' : '>='} ${bound} COLLATE "C"`;
}

/** With those equal to the last one: what is left out comes after all that is met. */
function firstRows(frame: Frame, { trial }: Walk): string {
  return `FETCH FIRST (${frame.values.add(trial, 'bigint')}) ROWS WITH TIES`;
}
