import type { ExperimentIid, NamedValue, ProjectId, View } from '../common';

/** A collection of comparable candidates. */
export interface Experiment {
  readonly project: ProjectId;
  /** 0 is the project's Default. */
  readonly iid: ExperimentIid;
  readonly name: string;
  /** Where its artifacts are when the client said so; absent: in our own store. */
  readonly artifactLocation?: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt?: Date;
  /** Sorted by name. */
  readonly tags: readonly NamedValue[];
}

/** What it takes to create an experiment. */
export interface NewExperiment {
  /** 1 to 500 characters; free among the project's live experiments. */
  readonly name: string;
  readonly artifactLocation?: string;
  readonly tags: readonly NamedValue[];
  readonly createdBy: string;
}

/** A question to the list of experiments. */
export interface ExperimentSearch {
  /** Comparisons of `name`, `creation_time`, `last_update_time`, `experiment_id` and `tags.<name>`, joined by AND. */
  readonly filter?: string;
  /** Such as `name ASC`; empty: newest first. */
  readonly orderBy: readonly string[];
  readonly view: View;
  /** At most 50,000. */
  readonly limit: number;
  readonly pageToken?: string;
}
