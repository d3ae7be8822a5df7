import { asCandidateIid, type CandidateIid, type ProjectId } from '../../common';
import type { Queryable } from '../../database';
import { pointsOf, seriesOf } from './export.statements';
import { chunksOf } from './selection';
import type { Cell, Column, Table } from './table';

/** Candidates whose metrics are looked up at once. */
const candidatesChunk = 100;
/** Points that are read at once. */
const pointsChunk = 5_000;

const columns: readonly Column[] = [
  { name: 'candidate', type: 'integer' },
  { name: 'name', type: 'text' },
  { name: 'step', type: 'integer' },
  { name: 'tracked_at', type: 'timestamp' },
  { name: 'value', type: 'number' },
];

const declare = { text: `DECLARE exported_points NO SCROLL CURSOR FOR ${pointsOf.text}` };
const fetch = { text: `FETCH ${pointsChunk} FROM exported_points` };
const close = { text: 'CLOSE exported_points' };

interface Series {
  readonly iid: CandidateIid;
  readonly metric_id: number;
  readonly name: string;
}

/** Which metrics' histories one export reads. */
export interface PointExport {
  readonly project: ProjectId;
  readonly iids: readonly CandidateIid[];
  /** Every metric when absent. */
  readonly names?: readonly string[];
  /** Ends the reading, between two statements. */
  readonly stopped: AbortSignal;
}

/** Every point, by candidate in the given order, then name, step, time and value. The snapshot has to be a transaction. */
export function pointTable(snapshot: Queryable, asked: PointExport): Table {
  return { columns, rows: points(snapshot, asked) };
}

async function* points(snapshot: Queryable, { project, iids, names, stopped }: PointExport): AsyncGenerator<Cell[][]> {
  for (const chunk of chunksOf(iids, candidatesChunk)) {
    stopped.throwIfAborted();
    const series = await snapshot.query<Series & Record<string, unknown>>(seriesOf, [project, chunk, names ?? null]);
    if (series.length > 0) yield* pointsOfSeries(snapshot, project, series, stopped);
  }
}

async function* pointsOfSeries(
  snapshot: Queryable,
  project: ProjectId,
  series: readonly Series[],
  stopped: AbortSignal,
): AsyncGenerator<Cell[][]> {
  await snapshot.query(declare, [project, series.map(({ iid }) => iid), series.map(({ metric_id }) => metric_id)]);
  for (;;) {
    stopped.throwIfAborted();
    const rows = await snapshot.query<{ place: number; step: number; tracked_at: number; value: number }>(fetch);
    yield rows.map(({ place, step, tracked_at, value }) => {
      const of = series[place - 1];
      return [of?.iid ?? asCandidateIid(0), of?.name ?? '', step, tracked_at, value];
    });
    if (rows.length < pointsChunk) break;
  }
  await snapshot.query(close);
}
