import type { CandidateIid } from '../../common';
import type { Queryable } from '../../database';
import type { Place } from './keyset';
import { mergeExperiments } from './merge';
import type { Rank } from './order-terms';
import type { SearchPlan } from './plan';
import type { Scope } from './scope';
import { poolStatement } from './pool-statement';
import { searchStatement, type Stretch } from './statement';

/** A candidate as a search finds it; see `searchStatement`. */
export interface Row {
  readonly iid: CandidateIid;
  readonly e: number;
  readonly [column: string]: unknown;
}

/** When the first trial met at least this share of what is wanted, a longer one follows; fewer are found sooner by sorting all. */
const promising = 1 / 4;
/** What a longer trial looks at beyond what the first one makes likely to be enough. */
const margin = 1.5;

/** A row of a metric's index. */
interface PoolRow {
  readonly iid: number;
  readonly e: number;
  readonly v0: number;
  readonly [column: string]: unknown;
}

/** What a look at the beginning of an order has found, and whether nothing else is to be found. */
interface Look {
  readonly rows: readonly Row[];
  readonly complete: boolean;
}

/** Where a candidate stands in an order of so many terms. */
export function placeOf(row: Row | undefined, terms: number): Place {
  if (row === undefined) throw new Error('A page that goes on has a last row');
  return Array.from({ length: terms }, (_each, index) => {
    const rank = row[`r${index}`] as Rank;
    return [rank, rank === 0 ? (row[`v${index}`] as string | number) : null];
  });
}

/** Gets the rows of a search as its plan says. */
export class Walker {
  constructor(
    private readonly database: Queryable,
    private readonly scope: Scope,
    private readonly plan: SearchPlan & Pick<Stretch, 'filter' | 'orders'>,
    private readonly trial: number,
  ) {}

  async rows(limit: number, after?: Place): Promise<Row[]> {
    const begun = after?.[0]?.[0] ?? 0;
    const rows: Row[] = [];
    for (const walk of this.plan.walks) {
      if (walk !== undefined && walk < begun) continue;
      const stretch: Stretch = {
        ...this.plan,
        limit: limit - rows.length,
        ...(walk === undefined ? {} : { walk }),
        ...(after !== undefined && (walk ?? begun) === begun ? { after } : {}),
      };
      for (const row of await this.stretch(stretch)) rows.push(row);
      if (rows.length === limit) break;
    }
    return rows;
  }

  private stretch(stretch: Stretch): Promise<Row[]> {
    const { course } = this.plan;
    if (course === 'merge') return this.merged(stretch);
    if (course === 'sort') return this.ask(stretch);
    if ((stretch.walk ?? 0) > 0) return this.ask({ ...stretch, rowByRow: false, fenced: true });
    return this.tried(
      stretch,
      course === 'try' ? (...begin) => this.firstRows(...begin) : (...begin) => this.pool(...begin),
    );
  }

  /** What a look at the beginning has found is the beginning of the page. */
  private async tried(stretch: Stretch, look: (stretch: Stretch, trial: number) => Promise<Look>): Promise<Row[]> {
    const rows: Row[] = [];
    let rest = stretch;
    const first = this.plan.simple ? Math.min(2 * stretch.limit, this.trial) : this.trial;
    let trial = first;
    for (let likely = true; likely;) {
      const { rows: found, complete } = await look(rest, trial);
      for (const row of found) rows.push(row);
      if (complete || rows.length === stretch.limit) return rows;
      likely = trial === first && found.length >= rest.limit * promising;
      trial = Math.ceil((trial * (rest.limit - found.length) * margin) / found.length);
      rest = this.restOf(stretch, rows);
    }
    for (const row of await this.ask({ ...rest, rowByRow: false, fenced: true })) rows.push(row);
    return rows;
  }

  private restOf(stretch: Stretch, rows: readonly Row[]): Stretch {
    const last = rows.at(-1);
    if (last === undefined) return stretch;
    return { ...stretch, limit: stretch.limit - rows.length, after: placeOf(last, stretch.orders.length) };
  }

  private async firstRows(stretch: Stretch, trial: number): Promise<Look> {
    return { rows: await this.ask({ ...stretch, trial }), complete: false };
  }

  /** The first rows that the experiments have together, the filter aside; then those among them that meet it. */
  private async pool(stretch: Stretch, trial: number): Promise<Look> {
    const pool = await mergeExperiments<PoolRow>(
      this.experiments(),
      { limit: trial },
      ({ takes, limit, after }) => {
        const { statement, values } = poolStatement(this.scope, stretch, {
          takes,
          limit,
          ...(after === undefined ? {} : { from: after }),
        });
        return this.database.query<PoolRow>(statement, values);
      },
      ({ v0, iid }) => [
        [0, v0],
        [0, iid],
      ],
    );
    const found = await this.ask({ ...stretch, among: pool.map(({ iid }) => iid) });
    if (pool.length < trial) return { rows: found, complete: true };
    const last = pool.at(-1)?.v0;
    return { rows: found.filter(({ v0 }) => v0 !== last), complete: false };
  }

  private merged(stretch: Stretch): Promise<Row[]> {
    return mergeExperiments<Row>(
      this.experiments(),
      stretch,
      (round) => this.ask({ ...stretch, ...round }),
      (row) => placeOf(row, stretch.orders.length),
    );
  }

  private experiments(): number[] {
    return this.scope.experiments.map(({ iid }) => iid);
  }

  private ask(stretch: Stretch): Promise<Row[]> {
    const { statement, values } = searchStatement(this.scope, stretch);
    return this.database.query<Row>(statement, values);
  }
}
