import { invalid } from '../../common';
import type {
  DatasetFilter,
  LoggedModelOrder,
  LoggedModelSearch,
  LoggedModelStatus,
  NewLoggedModel,
} from '../../models';
import { parseExperimentId, readExperimentId } from '../experiments/experiment-id';
import { parseRunId } from '../runs/run-id';
import { missingValue, readFilter, readMaxResults, readNamedValue, readPageToken, type Fields } from '../wire';
import { loggedModelStatuses } from './logged-model.presenter';

const pages = { usual: 100, most: 50_000 } as const;

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** An empty text counts as none, as protobuf has it. */
export function readNewLoggedModel(fields: Fields): NewLoggedModel {
  const name = filled(fields.string('name'));
  const modelType = filled(fields.string('model_type'));
  const source = filled(fields.string('source_run_id'));
  return {
    experimentIid: readExperimentId(fields),
    params: fields.messages('params').map(readNamedValue),
    tags: fields.messages('tags').map(readNamedValue),
    ...(name === undefined ? {} : { name }),
    ...(modelType === undefined ? {} : { modelType }),
    ...(source === undefined ? {} : { source: parseRunId(source) }),
  };
}

/** Only final statuses end an upload. */
export function readFinalStatus(fields: Fields): LoggedModelStatus {
  const status = fields.enum('status', loggedModelStatuses);
  if (status === undefined) throw missingValue('status');
  return status;
}

/** Names may hold what a filter's names may not: they are put in quotes unless they are already. */
function readOrder(fields: Fields): LoggedModelOrder {
  const field = fields.requiredString('field_name');
  const [, prefix, name = ''] = /^([a-z]+)\.(.+)$/s.exec(field) ?? [];
  const column = prefix === undefined || /^[`"']/.test(name) ? field : `${prefix}.\`${name}\``;
  const clause = `${column} ${(fields.bool('ascending') ?? true) ? 'ASC' : 'DESC'}`;
  const dataset = { name: filled(fields.string('dataset_name')), digest: filled(fields.string('dataset_digest')) };
  const measured = {
    ...(dataset.name === undefined ? {} : { name: dataset.name }),
    ...(dataset.digest === undefined ? {} : { digest: dataset.digest }),
  };
  return Object.keys(measured).length === 0 ? { clause } : { clause, dataset: measured };
}

function readDataset(fields: Fields): DatasetFilter {
  const name = filled(fields.string('dataset_name'));
  if (name === undefined) throw invalid('`dataset_name` in the `datasets` clause must be specified.', 'datasets');
  const digest = filled(fields.string('dataset_digest'));
  return digest === undefined ? { name } : { name, digest };
}

/** Zero counts as none said, as protobuf has it. */
function readLimit(fields: Fields): number {
  return fields.int('max_results') === 0 ? pages.usual : readMaxResults(fields, pages);
}

/** Experiments that there are none of find nothing. */
export function readLoggedModelSearch(fields: Fields): LoggedModelSearch {
  if (!fields.has('experiment_ids')) throw missingValue('experiment_ids');
  const ids = fields.strings('experiment_ids');
  return {
    experiments: ids.map(parseExperimentId).filter((iid) => iid !== undefined),
    orderBy: fields.messages('order_by').map(readOrder),
    datasets: fields.messages('datasets').map(readDataset),
    limit: readLimit(fields),
    ...readFilter(fields),
    ...readPageToken(fields),
  };
}
