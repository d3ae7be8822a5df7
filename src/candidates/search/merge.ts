import type { Place } from './keyset';

/** A row as the experiments give it. */
interface MergedRow {
  /** The experiment's iid. */
  readonly e: number;
}

/** What one round asks of each experiment. */
export interface Round {
  readonly takes: ReadonlyMap<number, number>;
  readonly limit: number;
  readonly after?: Place;
}

/** How many rows an experiment gives more, once its first ones were all wanted. */
const growth = 8;

/**
 * The first rows of several experiments' orders, merged. Each gives few rows at first. The merged rows are sure up to the last one that
 * an experiment gave: what comes later may be missing one of its further rows. Those are asked in the next round, of the
 * experiments that had a row among the first.
 */
export async function mergeExperiments<Row extends MergedRow>(
  experiments: readonly number[],
  { limit, after }: { readonly limit: number; readonly after?: Place },
  ask: (round: Round) => Promise<Row[]>,
  placeOf: (row: Row) => Place,
): Promise<Row[]> {
  const first = Math.min(limit, 2 + Math.ceil(limit / experiments.length));
  let takes: ReadonlyMap<number, number> = new Map(experiments.map((iid) => [iid, first]));
  let place = after;
  const sure: Row[] = [];
  for (;;) {
    const wanted = limit - sure.length;
    const rows = await ask({ takes, limit: wanted, ...(place === undefined ? {} : { after: place }) });
    const { given, end } = count(rows, takes);
    for (const row of rows.slice(0, end)) sure.push(row);
    const last = sure.at(-1);
    if (end === undefined || end === wanted || last === undefined) return sure;
    place = placeOf(last);
    takes = grown(takes, given, limit - sure.length);
  }
}

/** How many rows are of each experiment, and up to where they are sure; undefined when all are and no experiment has more. */
function count(
  rows: readonly MergedRow[],
  takes: ReadonlyMap<number, number>,
): { readonly given: ReadonlyMap<number, number>; readonly end: number | undefined } {
  const given = new Map<number, number>();
  let end: number | undefined;
  rows.forEach(({ e }, index) => {
    const some = (given.get(e) ?? 0) + 1;
    given.set(e, some);
    if (some === takes.get(e)) end ??= index + 1;
  });
  return { given, end };
}

function grown(
  takes: ReadonlyMap<number, number>,
  given: ReadonlyMap<number, number>,
  wanted: number,
): ReadonlyMap<number, number> {
  return new Map(
    Array.from(given, ([iid, some]) => {
      const take = takes.get(iid) ?? 0;
      return [iid, Math.min(some === take ? take * growth : take, wanted)];
    }),
  );
}
