import type { CandidatesOptions, CandidateWrite } from '../../candidates';
import { invalid, type NamedValue } from '../../common';
import { readMetric } from '../metrics/metric.request';
import { readNamedValue, type Fields } from '../wire';
import { readRunId } from './run-id';
import { meaningOf } from './special-tags';

/** How much one `log-batch` may carry. */
export type BatchLimits = Pick<
  CandidatesOptions,
  'pointsPerWrite' | 'paramsPerWrite' | 'tagsPerWrite' | 'entriesPerWrite'
>;

const nothing: readonly never[] = [];

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#log-metric */
export function readLogMetric(fields: Fields): CandidateWrite {
  return { eid: readRunId(fields), points: [readMetric(fields)], params: nothing, tags: nothing };
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#log-param */
export function readLogParam(fields: Fields): CandidateWrite {
  return { eid: readRunId(fields), points: nothing, params: [readNamedValue(fields)], tags: nothing };
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#set-tag */
export function readSetTag(fields: Fields): CandidateWrite {
  const tags = [readNamedValue(fields)];
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
export function readLogBatch(fields: Fields, limits: BatchLimits): CandidateWrite {
  const eid = readRunId(fields);
  const [metrics, params, tags] = [fields.messages('metrics'), fields.messages('params'), fields.messages('tags')];
  checkBatchLimit('metrics', limits.pointsPerWrite, metrics.length);
  checkBatchLimit('params', limits.paramsPerWrite, params.length);
  checkBatchLimit('tags', limits.tagsPerWrite, tags.length);
  checkBatchLimit('metrics, params, and tags', limits.entriesPerWrite, metrics.length + params.length + tags.length);
  const written = {
    points: metrics.map(readMetric),
    params: params.map(readNamedValue),
    tags: tags.map(readNamedValue),
  };
  checkDistinct(written.params);
  return { eid, ...written, ...meaningOf(written.tags) };
}
