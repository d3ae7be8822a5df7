import type { CandidateSource } from '../../candidates';
import type { NamedValue } from '../../common';

/** Holds the run's name as well; both change together. */
export const runNameTag = 'mlflow.runName';
/** Holds who started the run. */
export const userTag = 'mlflow.user';
/** Lists the models of a run as JSON, for clients older than logged models. */
export const modelHistoryTag = 'mlflow.log-model.history';

const commitTag = 'mlflow.source.git.commit';
const branchTag = 'mlflow.source.git.branch';
/** The first of them that names one holds: what people set themselves comes before what a CI job left. */
const mergeRequestTags = ['assay.merge_request', 'gitlab.CI_MERGE_REQUEST_IID'];

/** The last tag of the name holds. */
export function tagValue(tags: readonly NamedValue[], name: string): string | undefined {
  const value = tags.findLast((tag) => tag.name === name)?.value;
  return value === undefined || value === '' ? undefined : value;
}

function readCommit(text: string | undefined): string | undefined {
  const commit = text?.trim().toLowerCase() ?? '';
  return /^[0-9a-f]{7,64}$/.test(commit) ? commit : undefined;
}

function readBranch(text: string | undefined): string | undefined {
  const branch = text?.trim().replace(/^refs\/heads\//, '') ?? '';
  return branch === '' || branch === 'HEAD' ? undefined : branch;
}

/** `42` or `!42`. */
function readMergeRequest(text: string | undefined): number | undefined {
  const digits = /^!?([1-9][0-9]{0,14})$/.exec(text?.trim() ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What the tags say of where the run's code comes from; undefined when they say nothing that can be read. */
export function sourceOf(tags: readonly NamedValue[]): CandidateSource | undefined {
  if (tags.length === 0) return undefined;
  const commit = readCommit(tagValue(tags, commitTag));
  const branch = readBranch(tagValue(tags, branchTag));
  const mergeRequest = mergeRequestTags
    .map((name) => readMergeRequest(tagValue(tags, name)))
    .find((iid) => iid !== undefined);
  if (commit === undefined && branch === undefined && mergeRequest === undefined) return undefined;
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(mergeRequest === undefined ? {} : { mergeRequest }),
  };
}

/** What a write takes from its tags: a new name, and the source. */
export function meaningOf(tags: readonly NamedValue[]): { name?: string; source?: CandidateSource } {
  if (tags.length === 0) return {};
  const name = tagValue(tags, runNameTag);
  const source = sourceOf(tags);
  return { ...(name === undefined ? {} : { name }), ...(source === undefined ? {} : { source }) };
}
