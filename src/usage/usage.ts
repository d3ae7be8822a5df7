/** What is counted; the names are those of GitLab's counters without their `count_`. */
export const counters = [
  'ml_experiments',
  'ml_candidates',
  'ml_logged_models',
  'projects_with_ml_enabled',
  'projects_with_ml_experiments',
  'projects_with_ml_candidates',
  'projects_with_ml_logged_models',
  'users_with_ml_candidates',
  'merge_requests_with_ml_candidates',
] as const;

export const periods = ['all_time', 'last_28_days', 'last_7_days'] as const;

export type Period = (typeof periods)[number];
export type Counts = Readonly<Record<(typeof counters)[number], number>>;

/** How much the whole server is used. */
export interface Usage {
  /** By the database's clock. */
  readonly recordedAt: Date;
  readonly counts: Readonly<Record<Period, Counts>>;
}
