import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, invalid, type Page, type ProjectId } from '../../../common';
import { parseFilter, parseOrder } from '../../../common/filter';
import { Database } from '../../../database';
import type { LoggedModel, LoggedModelSearch } from '../logged-model';
import { toLoggedModel, type LoggedModelRow } from '../logged-model-rows';
import { loggedModelVocabulary } from './logged-model-vocabulary';
import { searchStatement } from './search-statement';

const largestPage = 1_000;

function fingerprint({ experiments, filter, orderBy, datasets }: LoggedModelSearch): string {
  const question = JSON.stringify([experiments, filter ?? '', orderBy, datasets ?? []]);
  return createHash('sha256').update(question).digest('base64url').slice(0, 16);
}

function readOffset(search: LoggedModelSearch): number {
  if (search.pageToken === undefined) return 0;
  const place = decodePageToken(search.pageToken) as { of?: unknown; offset?: unknown } | null;
  const offset = place?.offset;
  if (place?.of === fingerprint(search) && typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0) {
    return offset;
  }
  throw invalid('page_token belongs to another search; ask for the first page again', 'page_token');
}

/** Finds logged models. Pages count rows: an experiment has few models, and MLflow's own server does the same. */
@Injectable()
export class LoggedModelsSearch {
  constructor(private readonly database: Database) {}

  async page(project: ProjectId, search: LoggedModelSearch): Promise<Page<LoggedModel>> {
    if (!Number.isInteger(search.limit) || search.limit < 1) {
      throw invalid('max_results must be a positive whole number', 'max_results');
    }
    const limit = Math.min(search.limit, largestPage);
    const offset = readOffset(search);
    const filter = parseFilter(search.filter, loggedModelVocabulary);
    const orders = parseOrder(search.orderBy, loggedModelVocabulary);
    const { statement, values } = searchStatement(project, { ...search, limit }, { filter, orders, offset });
    const rows = await this.database.query<LoggedModelRow & Record<string, unknown>>(statement, values);
    const items = rows.slice(0, limit).map((row) => toLoggedModel(project, row));
    if (rows.length <= limit) return { items };
    return { items, nextPageToken: encodePageToken({ of: fingerprint(search), offset: offset + limit }) };
  }
}
