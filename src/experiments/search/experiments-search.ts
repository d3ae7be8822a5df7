import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, invalid, type Page, type ProjectId } from '../../common';
import { parseOrder, type Order } from '../../common/filter';
import { Database } from '../../database';
import type { Experiment, ExperimentSearch } from '../experiment';
import { toExperiment, type ExperimentRow } from '../experiments.repository';
import { experimentVocabulary } from './experiment-vocabulary';
import { searchStatement, type Place } from './search-statement';

const largestPage = 50_000;
const iid = { kind: 'attribute', name: 'experiment_id' };

/** The order asked for, made total by the iid. */
function totalOrder(clauses: readonly string[]): Order[] {
  const orders = parseOrder(clauses, experimentVocabulary);
  if (orders.length === 0) {
    return [
      { column: { kind: 'attribute', name: 'creation_time' }, descending: true },
      { column: iid, descending: false },
    ];
  }
  return orders.some(({ column }) => column.name === iid.name)
    ? orders
    : [...orders, { column: iid, descending: true }];
}

function fits(text: unknown, { column }: Order | { column?: never }): boolean {
  if (typeof text !== 'string' || column === undefined) return false;
  return column.name === 'name' ? !text.includes('\0') : /^-?[0-9]{1,18}$/.test(text);
}

function readPlace(token: string, orders: readonly Order[]): Place {
  const place = decodePageToken(token) as { order?: unknown; after?: unknown } | null;
  const after: readonly unknown[] = Array.isArray(place?.after) ? place.after : [];
  const same = place?.order === describe(orders) && after.length === orders.length;
  if (!same || !after.every((text, index) => fits(text, orders[index] ?? {}))) {
    throw invalid('page_token belongs to another order_by; ask for the first page again', 'page_token');
  }
  return after as readonly string[];
}

function describe(orders: readonly Order[]): string {
  return orders.map(({ column, descending }) => `${column.name} ${descending ? 'DESC' : 'ASC'}`).join(',');
}

/** Finds experiments, page by page from where the last one ended, so that rows created meanwhile do not shift it. */
@Injectable()
export class ExperimentsSearch {
  constructor(private readonly database: Database) {}

  async page(project: ProjectId, search: ExperimentSearch): Promise<Page<Experiment>> {
    if (!Number.isInteger(search.limit) || search.limit < 1 || search.limit > largestPage) {
      throw invalid(`max_results must be a whole number from 1 to ${largestPage}`, 'max_results');
    }
    const orders = totalOrder(search.orderBy);
    const place = search.pageToken === undefined ? undefined : readPlace(search.pageToken, orders);
    const { statement, values } = searchStatement(project, search, orders, place);
    const rows = await this.database.query<ExperimentRow & { place: string[] }>(statement, values);
    const items = rows.slice(0, search.limit).map((row) => toExperiment(project, row));
    const last = rows.length > search.limit ? rows[search.limit - 1] : undefined;
    if (last === undefined) return { items };
    return { items, nextPageToken: encodePageToken({ order: describe(orders), after: last.place }) };
  }
}
