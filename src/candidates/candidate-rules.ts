import { checkKey, checkLength, checkText, cutText, invalid, type NamedValue } from '../common';
import type { CandidateSource, MetricPoint } from './candidate';
import type { CandidatesOptions } from './candidates.options';
import { changedParam } from './candidate-errors';
import type { CandidateUpdate, CandidateWrite, NewCandidate } from './requests';

const longestName = 500;
const longestCommit = 250;
const longestBranch = 500;

/** @throws AssayError `invalid` */
export function checkWholeNumber(value: number, field: string, least: number = Number.MIN_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw invalid(`${field} is ${value}; it must be a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}`, field);
}

function checkCandidateName(name: string | undefined): void {
  if (name === undefined) return;
  checkLength(name, 'name', longestName);
  checkText(name, 'name');
}

function checkSource({ commit = '', branch = '', mergeRequest }: CandidateSource = {}): void {
  checkLength(commit, 'source.commit', longestCommit);
  checkText(commit, 'source.commit');
  checkLength(branch, 'source.branch', longestBranch);
  checkText(branch, 'source.branch');
  if (mergeRequest !== undefined) checkWholeNumber(mergeRequest, 'source.merge_request', 1);
}

function checkPoint({ name, step, trackedAt }: MetricPoint, field: string, limits: CandidatesOptions): void {
  checkKey(name, `${field}.name`, limits.nameLength);
  checkWholeNumber(step, `${field}.step`);
  checkWholeNumber(trackedAt, `${field}.timestamp`, 0);
}

function checkNamedValue(entry: NamedValue, field: string, longest: number, limits: CandidatesOptions): NamedValue {
  const { name, value } = entry;
  checkKey(name, `${field}.name`, limits.nameLength);
  checkText(value, `${field}.value`);
  const kept = limits.cutLongValues ? cutText(value, longest) : value;
  checkLength(kept, `${field}.value`, longest);
  return kept === value ? entry : { name, value: kept };
}

function checkTags(tags: readonly NamedValue[], limits: CandidatesOptions): NamedValue[] {
  return tags.map((tag, index) => checkNamedValue(tag, `tags[${index}]`, limits.tagValueLength, limits));
}

function checkParams(params: readonly NamedValue[], limits: CandidatesOptions): NamedValue[] {
  const values = new Map<string, string>();
  return params.map((param, index) => {
    const kept = checkNamedValue(param, `params[${index}]`, limits.paramValueLength, limits);
    const earlier = values.get(kept.name);
    if (earlier !== undefined && earlier !== kept.value) throw changedParam(kept.name, earlier, kept.value);
    values.set(kept.name, kept.value);
    return kept;
  });
}

function checkCount(count: number, limit: number, what: string): void {
  if (count <= limit) return;
  throw invalid(`A request can log at most ${limit} ${what}, got ${count}; split it into several requests`, what);
}

function checkCounts({ points, params, tags }: CandidateWrite, limits: CandidatesOptions): void {
  checkCount(points.length, limits.pointsPerWrite, 'metrics');
  checkCount(params.length, limits.paramsPerWrite, 'params');
  checkCount(tags.length, limits.tagsPerWrite, 'tags');
  checkCount(points.length + params.length + tags.length, limits.entriesPerWrite, 'metrics, params and tags');
}

/**
 * Checks a write and answers it with long values cut, if that is what the limits say.
 * @throws AssayError `invalid`
 */
export function checkWrite(write: CandidateWrite, limits: CandidatesOptions): CandidateWrite {
  checkCounts(write, limits);
  write.points.forEach((point, index) => {
    checkPoint(point, `metrics[${index}]`, limits);
  });
  checkCandidateName(write.name);
  checkSource(write.source);
  return { ...write, params: checkParams(write.params, limits), tags: checkTags(write.tags, limits) };
}

/** As {@link checkWrite}, for a new candidate. @throws AssayError `invalid` */
export function checkNewCandidate(candidate: NewCandidate, limits: CandidatesOptions): NewCandidate {
  checkCandidateName(candidate.name);
  checkSource(candidate.source);
  checkWholeNumber(candidate.startedAt, 'started_at');
  checkText(candidate.userName, 'user_name');
  checkLength(candidate.userName, 'user_name', longestName);
  return { ...candidate, tags: checkTags(candidate.tags, limits) };
}

/** @throws AssayError `invalid` */
export function checkUpdate({ name, endedAt }: CandidateUpdate): void {
  checkCandidateName(name);
  if (endedAt !== undefined) checkWholeNumber(endedAt, 'ended_at');
}
