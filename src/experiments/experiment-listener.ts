import type { ExperimentIid, ProjectId } from '../common';
import type { Queryable } from '../database';

/** A change of an experiment that concerns what is in it. */
export interface ExperimentChange {
  readonly kind: 'renamed' | 'deleted' | 'restored';
  readonly project: ProjectId;
  readonly iid: ExperimentIid;
  /** Before the change, then after it; equal unless it was renamed. */
  readonly names: readonly [string, string];
}

/** A feature above this one that keeps things in experiments. */
export interface ExperimentListener {
  /** Takes part in the transaction, while the experiment's row is locked and not changed yet. */
  changing(change: ExperimentChange, within: Queryable): Promise<void>;
  /** After the commit; must not throw. */
  changed(change: ExperimentChange): void;
}
