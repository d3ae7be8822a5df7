import type { Page } from '../../common';
import type { Experiment } from '../experiment';
import type { ExperimentAnswer, ExperimentsAnswer } from './experiment.answers';

/** An experiment on the native API. */
export function presentExperiment(experiment: Experiment): ExperimentAnswer {
  const { artifactLocation, deletedAt } = experiment;
  return {
    iid: experiment.iid,
    name: experiment.name,
    ...(artifactLocation === undefined ? {} : { artifact_location: artifactLocation }),
    created_by: experiment.createdBy,
    created_at: experiment.createdAt,
    updated_at: experiment.updatedAt,
    ...(deletedAt === undefined ? {} : { deleted_at: deletedAt }),
    tags: [...experiment.tags],
  };
}

/** A page of experiments on the native API. */
export function presentExperiments({ items, nextPageToken }: Page<Experiment>): ExperimentsAnswer {
  return {
    experiments: items.map(presentExperiment),
    ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
  };
}
