import type { DatasetSummary } from '../../candidates';
import { invalid, type ExperimentIid } from '../../common';
import { parseExperimentId } from '../experiments/experiment-id';
import type { Fields } from '../wire';

const mostExperiments = 20;

/** A dataset on the wire, once for each of its contexts. */
export interface WireDatasetSummary {
  readonly experiment_id: string;
  readonly name: string;
  readonly digest: string;
  readonly context?: string;
}

/** One to 20 experiments; those that there are none of have no datasets. */
export function readDatasetSearch(fields: Fields): ExperimentIid[] {
  const ids = fields.strings('experiment_ids');
  if (ids.length === 0)
    throw invalid('SearchDatasets request must specify at least one experiment_id.', 'experiment_ids');
  if (ids.length > mostExperiments)
    throw invalid(
      `SearchDatasets request cannot specify more than ${mostExperiments} experiment_ids. Received ${ids.length} experiment_ids.`,
      'experiment_ids',
    );
  return ids.map(parseExperimentId).filter((iid) => iid !== undefined);
}

/** For the wire. */
export function toDatasetSummary({ experimentIid, name, digest, context }: DatasetSummary): WireDatasetSummary {
  return {
    experiment_id: String(experimentIid),
    name,
    digest,
    ...(context === undefined ? {} : { context }),
  };
}
