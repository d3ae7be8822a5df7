import type { CandidateWrite } from '../../candidates';
import { invalid, type NamedValue } from '../../common';
import { readMetric } from '../metrics/metric.request';
import { readParam, readTag, type Fields } from '../wire';
import { readRunId } from './run-id';
import { meaningOf } from './special-tags';

/** How much one `log-batch` may carry. */
export const batchLimits = { metrics: 1000, params: 100, tags: 100, total: 1000 } as const;

const nothing: readonly never[] = [];

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#log-metric */
export function readLogMetric(fields: Fields): CandidateWrite {
  return { eid: readRunId(fields), points: [readMetric(fields)], params: nothing, tags: nothing };
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#log-param */
export function readLogParam(fields: Fields): CandidateWrite {
  return { eid: readRunId(fields), points: nothing, params: [readParam(fields)], tags: nothing };
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#set-tag */
export function readSetTag(fields: Fields): CandidateWrite {
  const tags = [readTag(fields)];
  return { eid: readRunId(fields), points: nothing, params: nothing, tags, ...meaningOf(tags) };
}

function checkBatchLimit(what: string, most: number, count: number): void {
  if (count <= most) return;
  throw invalid(
    `A batch logging request can contain at most ${most} ${what}. Got ${count} ${what}. ` +
      `Please split up ${what} across multiple requests and try again.`,
  );
}

function checkDistinct(params: readonly NamedValue[]): void {
  const seen = new Map<string, string>();
  for (const { name, value } of params) {
    if (seen.has(name))
      throw invalid(
        `Duplicate parameter keys have been submitted: ['${name}']. ` +
          'Please ensure the request contains only one param value per param key.',
        'params',
      );
    seen.set(name, value);
  }
}

/** All or nothing. https://mlflow.org/docs/latest/api_reference/rest-api.html#log-batch */
export function readLogBatch(fields: Fields): CandidateWrite {
  const eid = readRunId(fields);
  const [metrics, params, tags] = [fields.messages('metrics'), fields.messages('params'), fields.messages('tags')];
  checkBatchLimit('metrics', batchLimits.metrics, metrics.length);
  checkBatchLimit('params', batchLimits.params, params.length);
  checkBatchLimit('tags', batchLimits.tags, tags.length);
  checkBatchLimit('metrics, params, and tags', batchLimits.total, metrics.length + params.length + tags.length);
  const written = { points: metrics.map(readMetric), params: params.map(readParam), tags: tags.map(readTag) };
  checkDistinct(written.params);
  return { eid, ...written, ...meaningOf(written.tags) };
}
