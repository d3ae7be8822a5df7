import { Injectable } from '@nestjs/common';
import { invalid, type Page, type ProjectId } from '../../../common';
import { parseFilter } from '../../../common/filter';
import { Database } from '../../../database';
import type { LoggedModel, LoggedModelSearch } from '../logged-model';
import { toLoggedModel, type LoggedModelRow } from '../logged-model-rows';
import { readOrders } from './logged-model-order';
import { readPlace, writePlace, type Place } from './logged-model-place';
import { loggedModelVocabulary } from './logged-model-vocabulary';
import { orderTerms } from './order-terms';
import { searchStatement } from './search-statement';
import { SqlValues } from './sql-values';

const largestPage = 1_000;

/** Finds logged models, page by page from where the last one ended, so that models made meanwhile do not shift it. */
@Injectable()
export class LoggedModelsSearch {
  constructor(private readonly database: Database) {}

  async page(project: ProjectId, search: LoggedModelSearch): Promise<Page<LoggedModel>> {
    if (!Number.isInteger(search.limit) || search.limit < 1) {
      throw invalid('max_results must be a positive whole number', 'max_results');
    }
    const limit = Math.min(search.limit, largestPage);
    const values = new SqlValues();
    const terms = orderTerms(readOrders(search.orderBy), values);
    const filter = parseFilter(search.filter, loggedModelVocabulary);
    const after = readPlace(
      search,
      terms.map(({ pattern }) => pattern),
    );
    const parts = { filter, terms, ...(after === undefined ? {} : { after }) };
    const statement = searchStatement(project, { ...search, limit }, parts, values);
    type Row = LoggedModelRow & { readonly place: Place } & Record<string, unknown>;
    const rows = await this.database.query<Row>(statement, values.list);
    const items = rows.slice(0, limit).map((row) => toLoggedModel(project, row));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return last === undefined ? { items } : { items, nextPageToken: writePlace(search, last.place) };
  }
}
