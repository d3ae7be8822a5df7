import { Inject, Injectable } from '@nestjs/common';
import { invalid, type CandidateIid, type ProjectId } from '../../common';
import type { Filter, Order } from '../../common/filter';
import { Database, type Queryable } from '../../database';
import type { CandidateQuery } from '../requests';
import type { Place } from './keyset';
import { parseFilter, parseOrderBy } from './order-by';
import { fingerprint, readPageToken, writePageToken } from './page-token';
import { comparisonsOf, planSearch, worthKnowing } from './plan';
import { rareCandidates } from './rare';
import { possibleMetrics, resolveFilter, resolveOrders } from './resolve';
import { readScope, type Asked, type Scope } from './scope';
import type { Stretch } from './statement';
import { placeOf, Walker, type Row } from './walker';

/** The most candidates of one page. */
export const maximalPage = 50_000;

/** The candidates of one page, in order, by their numbers. */
export interface CandidatePage {
  readonly iids: readonly CandidateIid[];
  readonly nextPageToken?: string;
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
    const scope = await readScope(this.database, project, askedOf(query, filter, orders));
    if (scope.experiments.length === 0) return { iids: [] };
    const rows = await this.rows(
      scope,
      { filter: resolveFilter(filter, scope), orders: resolveOrders(orders, scope) },
      query.limit,
      after,
    );
    const iids = rows.slice(0, query.limit).map(({ iid }) => iid);
    if (rows.length <= query.limit) return { iids };
    return { iids, nextPageToken: writePageToken(print, placeOf(rows[query.limit - 1], orders.length)) };
  }

  /** So many candidates are fetched and sorted faster than an order is walked in search of a page of them. */
  protected fewest(limit: number): number {
    return Math.min(Math.max(20 * limit, 2_000), 10_000);
  }

  /** So many candidates are looked at in order before all of them are sorted. */
  protected trial(limit: number): number {
    return Math.max(20 * limit, 2_000);
  }

  /** One row more than the limit tells that there is another page. */
  private async rows(
    scope: Scope,
    asked: Pick<Stretch, 'filter' | 'orders'>,
    limit: number,
    after?: Place,
  ): Promise<Row[]> {
    const { filter, orders } = asked;
    const fewest = this.fewest(limit);
    const among = await rareCandidates(this.database, scope, worthKnowing(filter, orders), fewest);
    const plan = planSearch(scope, { orders, filter, limit }, among);
    const walker = new Walker(this.database, scope, { ...plan, filter, orders }, this.trial(limit));
    return walker.rows(limit + 1, after);
  }
}

function askedOf(query: CandidateQuery, filter: Filter, orders: readonly Order[]): Asked {
  const comparisons = comparisonsOf(filter);
  const ancestors = comparisons.filter(
    ({ column: { kind, name } }) => kind === 'attribute' && name === 'ancestor_run_id',
  );
  return {
    experiments: query.experiments,
    view: query.view,
    metrics: possibleMetrics([...comparisons, ...orders].map(({ column }) => column)),
    ancestors: [...new Set(ancestors.map(({ value }) => String(value)))],
  };
}

function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= maximalPage) return;
  throw invalid(`max_results is ${limit}; it has to be a whole number from 1 to ${maximalPage}`, 'max_results');
}
