import type { Principal } from '../../access';
import type { CandidateQuery, CandidateStatus, CandidateUpdate, NewCandidate } from '../../candidates';
import { invalid } from '../../common';
import { parseExperimentId, readExperimentId } from '../experiments/experiment-id';
import {
  readFilter,
  readMaxResults,
  readPageToken,
  readNamedValue,
  readView,
  type Fields,
  type WireEnum,
} from '../wire';
import { runNameTag, sourceOf, tagValue, userTag } from './special-tags';

const statuses: WireEnum<CandidateStatus> = [
  ['RUNNING', 1, 'running'],
  ['SCHEDULED', 2, 'scheduled'],
  ['FINISHED', 3, 'finished'],
  ['FAILED', 4, 'failed'],
  ['KILLED', 5, 'killed'],
];
const pages = { usual: 1000, most: 50_000 } as const;

function readRunName(fields: Fields): string | undefined {
  const name = fields.string('run_name');
  return name === '' ? undefined : name;
}

/** What a CI job's token proves comes before what tags say. https://mlflow.org/docs/latest/api_reference/rest-api.html#create-run */
export function readNewRun(fields: Fields, { name: caller, proof }: Principal, now: number): NewCandidate {
  const tags = fields.messages('tags').map(readNamedValue);
  const [named, tagged] = [readRunName(fields), tagValue(tags, runNameTag)];
  if (named !== undefined && tagged !== undefined && named !== tagged)
    throw invalid(
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        `(run_name='${named}', mlflow.runName='${tagged}').`,
      'run_name',
    );
  const name = named ?? tagged;
  const source = { ...sourceOf(tags), ...proof };
  return {
    experimentIid: readExperimentId(fields),
    startedAt: fields.int('start_time') ?? now,
    userName: fields.string('user_id') || (tagValue(tags, userTag) ?? caller),
    createdBy: caller,
    nameTag: runNameTag,
    tags: tags.filter((tag) => tag.name !== runNameTag),
    ...(name === undefined ? {} : { name }),
    ...(Object.keys(source).length === 0 ? {} : { source }),
  };
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#update-run */
export function readRunUpdate(fields: Fields): CandidateUpdate {
  const name = readRunName(fields);
  const status = fields.enum('status', statuses);
  const endedAt = fields.int('end_time');
  return {
    ...(name === undefined ? {} : { name, nameTag: runNameTag }),
    ...(status === undefined ? {} : { status }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#search-runs; without experiments nothing is found. */
export function readRunSearch(fields: Fields): CandidateQuery {
  const experiments = fields.strings('experiment_ids').map(parseExperimentId);
  return {
    ...readFilter(fields),
    ...readPageToken(fields),
    experiments: experiments.filter((iid) => iid !== undefined),
    orderBy: fields.strings('order_by'),
    view: readView(fields, 'run_view_type'),
    limit: readMaxResults(fields, pages),
  };
}
