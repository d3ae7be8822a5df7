import { presentNumber, type Page } from '../../common';
import type { Candidate, CandidateDetails, CandidateInput, LatestMetric } from '../candidate';
import type { SelectedRow } from '../selection/candidate-selections';
import type {
  CandidateAnswer,
  CandidatesAnswer,
  InputAnswer,
  LatestMetricAnswer,
  SelectedCandidateAnswer,
} from './candidate.answers';

function presentMetric({ name, value, step, trackedAt }: LatestMetric): LatestMetricAnswer {
  return { name, value: presentNumber(value), step, tracked_at: trackedAt };
}

/** A dataset and its tags on the native API. */
export function presentInput({ dataset, tags }: CandidateInput): InputAnswer {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return {
    dataset: {
      ...{ name, digest, source_type: sourceType, source },
      ...(schema === undefined ? {} : { schema }),
      ...(profile === undefined ? {} : { profile }),
    },
    tags: [...tags],
  };
}

function presentCandidate(candidate: Candidate): Omit<CandidateAnswer, 'metrics' | 'params' | 'tags' | 'inputs'> {
  const { endedAt, deletedAt, commit, branch, claimedMergeRequest } = candidate;
  return {
    iid: candidate.iid,
    eid: candidate.eid,
    experiment_iid: candidate.experimentIid,
    name: candidate.name,
    status: candidate.status,
    started_at: candidate.startedAt,
    ...(endedAt === undefined ? {} : { ended_at: endedAt }),
    user_name: candidate.userName,
    created_by: candidate.createdBy,
    created_at: candidate.createdAt,
    ...(deletedAt === undefined ? {} : { deleted_at: deletedAt }),
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(claimedMergeRequest === undefined ? {} : { claimed_merge_request: claimedMergeRequest }),
  };
}

/** A candidate with its data on the native API. */
export function presentDetails({ candidate, data }: CandidateDetails): CandidateAnswer {
  return {
    ...presentCandidate(candidate),
    metrics: data.metrics.map(presentMetric),
    params: [...data.params],
    tags: [...data.tags],
    inputs: data.inputs.map(presentInput),
  };
}

function toPage(candidates: CandidatesAnswer['candidates'], nextPageToken: string | undefined): CandidatesAnswer {
  return { candidates, ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }) };
}

/** A page of candidates on the native API. */
export function presentCandidates({ items, nextPageToken }: Page<CandidateDetails>): CandidatesAnswer {
  return toPage(items.map(presentDetails), nextPageToken);
}

type MetricRow = readonly (readonly [name: string, value: string, step: number, trackedAt: number])[];
type InputRow = readonly (Pick<InputAnswer, 'dataset'> & { readonly tags: Readonly<Record<string, string>> })[];

function presentValue(name: string, value: unknown): unknown {
  if (name === 'metrics') {
    return (value as MetricRow).map(([metric, text, step, trackedAt]) =>
      presentMetric({ name: metric, value: Number(text), step, trackedAt }),
    );
  }
  if (name !== 'inputs') return value;
  return (value as InputRow).map(({ dataset, tags }) => ({
    dataset,
    tags: Object.entries(tags).map(([tag, text]) => ({ name: tag, value: text })),
  }));
}

/** The selected fields of a candidate; those without a value are left out, as they are from whole candidates. */
export function presentSelected(row: SelectedRow): SelectedCandidateAnswer {
  const told = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(told.map(([name, value]) => [name, presentValue(name, value)]));
}

/** A page of selected fields. */
export function presentSelections({ items, nextPageToken }: Page<SelectedRow>): CandidatesAnswer {
  return toPage(items.map(presentSelected), nextPageToken);
}
