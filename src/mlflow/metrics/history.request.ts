import type { HistoryPage } from '../../candidates';
import { invalidValue, readPageToken, type Fields } from '../wire';

/** Of one page; more points come on the next one. */
const longestPage = 25_000;

/** Everything in one answer when no page size is said. https://mlflow.org/docs/latest/api_reference/rest-api.html#get-metric-history */
export function readHistoryPage(fields: Fields): HistoryPage {
  const limit = fields.int('max_results');
  if (limit === undefined) return readPageToken(fields);
  if (limit < 1) throw invalidValue('max_results', limit, 'It must be a positive integer.');
  return { ...readPageToken(fields), limit: Math.min(limit, longestPage) };
}
