import { PartAnswer, TextAnswer, TimeAnswer, version, WholeAnswer } from '../common';
import type { Counts, Period, Usage } from './usage';

/** The counts of one period. */
export class UsageCountsAnswer implements Counts {
  @WholeAnswer('Experiments that somebody made; the Default experiment is nobody’s.')
  ml_experiments!: number;

  @WholeAnswer('Candidates.')
  ml_candidates!: number;

  @WholeAnswer('Logged models.')
  ml_logged_models!: number;

  @WholeAnswer('Projects where Assay is enabled now; in a period: that were enabled in it.')
  projects_with_ml_enabled!: number;

  @WholeAnswer('Projects with such experiments.')
  projects_with_ml_experiments!: number;

  @WholeAnswer('Projects with candidates.')
  projects_with_ml_candidates!: number;

  @WholeAnswer('Projects with logged models.')
  projects_with_ml_logged_models!: number;

  @WholeAnswer('Owners of the tokens that made candidates; a project’s own token is one of them.')
  users_with_ml_candidates!: number;

  @WholeAnswer('Merge requests to which candidates were linked.')
  merge_requests_with_ml_candidates!: number;
}

/** The counts by period. */
export class UsagePeriodsAnswer implements Record<Period, UsageCountsAnswer> {
  @PartAnswer(() => UsageCountsAnswer, 'Since the server began.')
  all_time!: UsageCountsAnswer;

  @PartAnswer(() => UsageCountsAnswer, 'What was made in the last 28 days.')
  last_28_days!: UsageCountsAnswer;

  @PartAnswer(() => UsageCountsAnswer, 'What was made in the last 7 days.')
  last_7_days!: UsageCountsAnswer;
}

/** How much the server is used. */
export class UsageAnswer {
  @TimeAnswer('When it was counted: at most an hour ago.')
  recorded_at!: string;

  @TextAnswer('Of Assay.')
  version!: string;

  @PartAnswer(() => UsagePeriodsAnswer, 'Over all projects; what is deleted counts until it is removed for good.')
  counts!: UsagePeriodsAnswer;
}

/** The domain's usage as JSON. */
export function presentUsage({ recordedAt, counts }: Usage): UsageAnswer {
  return { recorded_at: recordedAt.toISOString(), version, counts };
}
