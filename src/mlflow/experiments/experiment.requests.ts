import { checkKey, checkLength, invalid, type NamedValue } from '../../common';
import type { ExperimentSearch, NewExperiment } from '../../experiments';
import {
  readFilter,
  readKey,
  readMaxResults,
  readPageToken,
  readView,
  textLimits,
  type Fields,
} from '../wire';

const longestName = 500;
const longestLocation = 2048;
const mostResults = 50_000;

/** Unlike a run's, an experiment's tag value is refused when it is too long, never cut. */
export function readExperimentTag(fields: Fields): NamedValue {
  const value = fields.string('value') ?? '';
  checkLength(value, fields.path('value'), textLimits.experimentTagValue);
  return { name: readKey(fields), value };
}

/** The name of an experiment in the given field. */
export function readExperimentName(fields: Fields, field: string): string {
  const name = fields.requiredString(field);
  checkLength(name, 'name', longestName);
  return name;
}

function readArtifactLocation(fields: Fields): string | undefined {
  const location = fields.string('artifact_location');
  if (location === undefined || location === '') return undefined;
  checkLength(location, 'artifact_location', longestLocation);
  if (location.startsWith('runs:'))
    throw invalid(`Artifact location cannot be a runs:/ URI. Given: '${location}'`, 'artifact_location');
  return location;
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#create-experiment */
export function readNewExperiment(fields: Fields, createdBy: string): NewExperiment {
  const artifactLocation = readArtifactLocation(fields);
  return {
    name: readExperimentName(fields, 'name'),
    tags: fields.messages('tags').map(readExperimentTag),
    createdBy,
    ...(artifactLocation === undefined ? {} : { artifactLocation }),
  };
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#search-experiments; `max_results` has no usual value there. */
export function readExperimentSearch(fields: Fields): ExperimentSearch {
  return {
    ...readFilter(fields),
    ...readPageToken(fields),
    orderBy: fields.strings('order_by'),
    view: readView(fields, 'view_type'),
    limit: readMaxResults(fields, { most: mostResults }),
  };
}

/** The key of a tag that goes. */
export function readExperimentTagKey(fields: Fields): string {
  const key = fields.requiredString('key');
  checkKey(key, 'key', textLimits.key);
  return key;
}
