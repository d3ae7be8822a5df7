import { invalid } from '../../common';
import type { ExperimentSearch, NewExperiment } from '../../experiments';
import { readFilter, readMaxResults, readNamedValue, readPageToken, readView, type Fields } from '../wire';

const mostResults = 50_000;

function readArtifactLocation(fields: Fields): string | undefined {
  const location = fields.string('artifact_location');
  if (location === undefined || location === '') return undefined;
  if (location.startsWith('runs:'))
    throw invalid(`Artifact location cannot be a runs:/ URI. Given: '${location}'`, 'artifact_location');
  return location;
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#create-experiment */
export function readNewExperiment(fields: Fields, createdBy: string): NewExperiment {
  const artifactLocation = readArtifactLocation(fields);
  return {
    name: fields.requiredString('name'),
    tags: fields.messages('tags').map(readNamedValue),
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
