import type { CandidateIid } from '../../common';
import type { Queryable } from '../../database';
import type { Place } from './keyset';
import { mergeExperiments } from './merge';
import type { Rank } from './order-terms';
import type { SearchPlan } from './plan';
import type { Scope } from './scope';
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
    if (this.plan.course === 'merge') return this.merged(stretch);
    const tried = this.plan.course === 'try' && (stretch.walk ?? 0) === 0;
    return tried ? this.tried(stretch) : this.ask({ ...stretch, rowByRow: false });
  }

  /** What a full trial has found is the beginning of the order. */
  private async tried(stretch: Stretch): Promise<Row[]> {
    const first = await this.ask({ ...stretch, trial: this.trial });
    if (first.length === stretch.limit) return first;
    if (first.length >= stretch.limit * promising) {
      const trial = Math.ceil((this.trial * stretch.limit * margin) / first.length);
      const second = await this.ask({ ...stretch, trial });
      if (second.length === stretch.limit) return second;
    }
    return this.ask({ ...stretch, rowByRow: false });
  }

  private merged(stretch: Stretch): Promise<Row[]> {
    const { walk, orders } = stretch;
    const rowByRow = stretch.rowByRow && walk !== 2;
    return mergeExperiments<Row>(
      this.scope.experiments.map(({ iid }) => iid),
      stretch,
      (round) => this.ask({ ...stretch, ...round, rowByRow }),
      (row) => placeOf(row, orders.length),
    );
  }

  private ask(stretch: Stretch): Promise<Row[]> {
    const { statement, values } = searchStatement(this.scope, stretch);
    return this.database.query<Row>(statement, values);
  }
}
