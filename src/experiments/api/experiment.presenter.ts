import type { Page } from '../../common';
import type { Experiment } from '../experiment';

/** An experiment on the native API. */
export function presentExperiment(experiment: Experiment): Record<string, unknown> {
  return {
    iid: experiment.iid,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    created_by: experiment.createdBy,
    created_at: experiment.createdAt,
    updated_at: experiment.updatedAt,
    deleted_at: experiment.deletedAt,
    tags: experiment.tags,
  };
}

/** A page of experiments on the native API. */
export function presentExperiments({ items, nextPageToken }: Page<Experiment>): Record<string, unknown> {
  return { experiments: items.map(presentExperiment), next_page_token: nextPageToken };
}
