import { Inject, Injectable } from '@nestjs/common';
import { invalid, type CandidateIid, type ProjectId } from '../../common';
import type { Comparison, Order } from '../../common/filter';
import { Database, type Queryable } from '../../database';
import type { CandidateQuery } from '../requests';
import type { Place } from './keyset';
import { parseFilter, parseOrderBy } from './order-by';
import type { Rank } from './order-terms';
import { fingerprint, readPageToken, writePageToken } from './page-token';
import { comparisonsOf, conjunctsOf, lookups, planSearch, type SearchPlan } from './plan';
import { rareCandidates } from './rare';
import { readScope, type Scope } from './scope';
import { searchStatement, type Stretch } from './statement';

/** The most candidates of one page. */
export const maximalPage = 50_000;

/** The candidates of one page, in order, by their numbers. */
export interface CandidatePage {
  readonly iids: readonly CandidateIid[];
  readonly nextPageToken?: string;
}

interface Row {
  readonly iid: CandidateIid;
  readonly [column: string]: unknown;
}

/** Finds candidates by filter and order, a page at a time; a page costs the same however far it is from the first. */
@Injectable()
export class CandidateSearch {
  /** A transaction instead of the database: the pages are of one picture. */
  constructor(@Inject(Database) private readonly database: Queryable) {}

  /** @throws AssayError `invalid` for a filter, order, limit or token that is wrong */
  async page(project: ProjectId, query: CandidateQuery): Promise<CandidatePage> {
    checkLimit(query.limit);
    const filter = parseFilter(query.filter);
    const orders = parseOrderBy(query.orderBy);
    const print = fingerprint(project, query);
    const token = query.pageToken ?? '';
    const after = token === '' ? undefined : readPageToken(token, print, orders);
    if (query.experiments.length === 0) return { iids: [] };
    const comparisons = comparisonsOf(filter);
    const required = conjunctsOf(filter).filter((term) => term.type === 'comparison');
    const scope = await readScope(this.database, project, {
      experiments: query.experiments,
      view: query.view,
      metrics: metricsOf(comparisons, orders),
    });
    if (scope.experiments.length === 0) return { iids: [] };
    const among = await rareCandidates(this.database, scope, lookups(required, orders), this.fewest(query.limit));
    const plan = planSearch(scope, { orders, comparisons: required, limit: query.limit }, among);
    const rows = await this.rows(scope, { filter, orders, limit: query.limit + 1, ...plan }, plan.walks, after);
    const iids = rows.slice(0, query.limit).map(({ iid }) => iid);
    if (rows.length <= query.limit) return { iids };
    return { iids, nextPageToken: writePageToken(print, placeOf(rows[query.limit - 1], orders)) };
  }

  /** So many candidates are fetched and sorted faster than an order is walked in search of a page of them. */
  protected fewest(limit: number): number {
    return Math.min(Math.max(20 * limit, 2_000), 10_000);
  }

  private async rows(scope: Scope, whole: Stretch, walks: SearchPlan['walks'], after?: Place): Promise<Row[]> {
    const begun = after?.[0]?.[0] ?? 0;
    const rows: Row[] = [];
    for (const walk of walks) {
      if (walk !== undefined && walk < begun) continue;
      const stretch: Stretch = {
        ...whole,
        limit: whole.limit - rows.length,
        rowByRow: whole.rowByRow && walk !== 2,
        ...(walk === undefined ? {} : { walk }),
        ...(after !== undefined && (walk ?? begun) === begun ? { after } : {}),
      };
      const { statement, values } = searchStatement(scope, stretch);
      for (const row of await this.database.query<Row>(statement, values)) rows.push(row);
      if (rows.length === whole.limit) break;
    }
    return rows;
  }
}

function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= maximalPage) return;
  throw invalid(`max_results is ${limit}; it has to be a whole number from 1 to ${maximalPage}`, 'max_results');
}

function metricsOf(comparisons: readonly Comparison[], orders: readonly Order[]): string[] {
  const columns = [...comparisons, ...orders].map(({ column }) => column);
  return [...new Set(columns.filter(({ kind }) => kind === 'metric').map(({ name }) => name))];
}

function placeOf(row: Row | undefined, orders: readonly Order[]): Place {
  if (row === undefined) throw new Error('A page that goes on has a last row');
  return orders.map((_order, index) => {
    const rank = row[`r${index}`] as Rank;
    return [rank, rank === 0 ? (row[`v${index}`] as string | number) : null];
  });
}
