import type { Comparison, Order } from '../../common/filter';
import { indexedLength, metricCondition } from './conditions';
import type { Frame, Span } from './frame';
import { beginSql, type Place } from './keyset';
import { namedTables, type OrderTerm, type Rank } from './order-terms';
import { metricValue } from './resolve';

/** What the index over params and tags sorts by. */
export const beginning = `left(o0.value, ${indexedLength}) COLLATE "C"`;

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
  /** These candidates are looked up one by one. */
  readonly among?: readonly number[];
}

/** The rows that a walk meets. */
export function sourceOf(frame: Frame, walk: Walk, terms: readonly OrderTerm[]): Source {
  if (walk.rank === undefined) return candidates(frame, walk, terms);
  const { kind } = walk.first.column;
  const table = kind === 'metric' ? 'assay.candidate_metrics' : (namedTables.get(kind) ?? '');
  if (walk.rank === 2) return without(frame, walk.first, table);
  const join = `JOIN assay.candidates c ON c.project_id = ${frame.project} AND c.iid = o0.candidate_iid`;
  const rest = kind === 'metric' && walk.span !== 'all' ? [] : ofExperiments(frame);
  if (walk.trial !== undefined) return { from: `(${firstOf(frame, walk, terms, table)}) o0 ${join}`, conditions: rest };
  const rows = kind === 'metric' ? rankRows(frame, walk) : [ownRows(frame, walk.first) ?? 'false'];
  return { from: `${table} o0 ${join}`, conditions: [...rows, ...rest] };
}

function without(frame: Frame, first: Order, table: string): Source {
  const own = ownRows(frame, first);
  const none =
    own === undefined ? [] : [`NOT EXISTS (SELECT FROM ${table} o0 WHERE ${own} AND o0.candidate_iid = c.iid)`];
  return { from: 'assay.candidates c', conditions: [...ofExperiments(frame), ...none] };
}

/** The conditions on the rows of a metric, wherever they are asked for: those that its index answers. */
export function metricRows(frame: Frame, walk: Walk, terms: readonly OrderTerm[]): string[] {
  const own = walk.own.map(({ column, operator, value }) =>
    metricCondition(metricValue('o0', column), operator, value, frame.values),
  );
  const begin = walk.after === undefined ? [] : [beginSql(terms, walk.after, frame.values)];
  return [...rankRows(frame, walk), ...own, ...begin];
}

function rankRows(frame: Frame, walk: Walk): string[] {
  const own = [ownRows(frame, walk.first) ?? 'false', rankCondition(walk)];
  if (walk.span !== 'all') return [`o0.experiment_iid = ${frame.experiment}`, ...own];
  return walk.among === undefined ? [ofAnyExperiment(frame), ...own] : own;
}

function ofExperiments(frame: Frame): string[] {
  const among = frame.among();
  return [`c.project_id = ${frame.project}`, ...(among === undefined ? [] : [among])];
}

/** Without it there would be no index to begin with. */
function ofAnyExperiment({ scope, values }: Frame): string {
  const iids = scope.experiments.map(({ iid }) => iid);
  return `o0.experiment_iid = ANY (${values.add(iids, 'bigint[]')})`;
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

function firstOf(frame: Frame, walk: Walk, terms: readonly OrderTerm[], table: string): string {
  const { column, descending } = walk.first;
  if (column.kind === 'metric' && (column.aggregate ?? 'latest') !== 'latest') return sortedFirst(frame, walk, terms);
  const metric = column.kind === 'metric';
  const rows = metric ? metricRows(frame, walk, terms) : namedRows(frame, walk);
  const key = metric ? 'o0.latest' : beginning;
  return `SELECT o0.* FROM ${table} o0 WHERE ${rows.join(' AND ')}
    ORDER BY ${key}${descending ? ' DESC' : ''} ${firstRows(frame, walk)}`;
}

/** No index has this order: without ties, PostgreSQL keeps no more than it needs. Those equal to the last one are left out. */
function sortedFirst(frame: Frame, walk: Walk, terms: readonly OrderTerm[]): string {
  const key = (terms[0]?.value ?? '').replace('o0.', '');
  const { descending } = walk.first;
  const limit = frame.values.add(walk.trial, 'bigint');
  const columns = ['candidate_iid', 'latest', 'first', 'min', 'max'].map((name) => `o0.${name}`).join(', ');
  return `WITH met AS MATERIALIZED (
    SELECT ${columns} FROM assay.candidate_metrics o0 WHERE ${metricRows(frame, walk, terms).join(' AND ')}
    ORDER BY o0.${key}${descending ? ' DESC' : ''} LIMIT ${limit}
  ) SELECT * FROM met WHERE ${key} ${descending ? '>' : '<'} (SELECT ${descending ? 'min' : 'max'}(${key}) FROM met)
    OR (SELECT count(*) FROM met) < ${limit}`;
}

function namedRows(frame: Frame, { first, after }: Walk): string[] {
  const own = ownRows(frame, first) ?? 'false';
  if (after === undefined) return [own];
  const characters = Array.from(String(after[0]?.[1] ?? '')).slice(0, indexedLength);
  const bound = frame.values.add(characters.join(''), 'text');
  return [own, `${beginning} ${first.descending ? '<=' : '>='} ${bound} COLLATE "C"`];
}

/** With those equal to the last one: what is left out comes after all that is met. */
function firstRows(frame: Frame, { trial }: Walk): string {
  return `FETCH FIRST (${frame.values.add(trial, 'bigint')}) ROWS WITH TIES`;
}
