import {
  FlagAnswer,
  ListAnswer,
  NamedValueAnswer,
  NumberAnswer,
  PartAnswer,
  TextAnswer,
  TimeAnswer,
  WholeAnswer,
  type JsonNumber,
} from '../common';

class ReportExperimentAnswer {
  @WholeAnswer('In the project.')
  iid!: number;

  @TextAnswer('Of the experiment.')
  name!: string;
}

class ReportedCandidateAnswer {
  @WholeAnswer('In the project.')
  iid!: number;

  @TextAnswer('What machines call it.')
  eid!: string;

  @TextAnswer('As people call it.')
  name!: string;

  @TextAnswer('Where it stands.', { enum: ['running', 'scheduled', 'finished', 'failed', 'killed'] })
  status!: string;

  @PartAnswer(() => ReportExperimentAnswer, 'That it is in.')
  experiment!: ReportExperimentAnswer;

  @TextAnswer('That it comes from.', { nullable: true })
  commit!: string | null;

  @TextAnswer('That it comes from.', { nullable: true })
  branch!: string | null;

  @TextAnswer('The user as the client names them.')
  user_name!: string;

  @TextAnswer('Who the token belonged to.')
  created_by!: string;

  @TimeAnswer('As the client says; null for a time that no calendar has.', { nullable: true })
  started_at!: string | null;

  @TimeAnswer('As the client says.', { nullable: true })
  ended_at!: string | null;

  @NumberAnswer('The latest of the primary metric.', { nullable: true })
  value!: JsonNumber | null;

  @TextAnswer('Its page.')
  page!: string;
}

class LinkAnswer {
  @TextAnswer('What says so.', { enum: ['token', 'tag', 'experiment', 'commit', 'branch'] })
  source!: string;

  @FlagAnswer('Whether a token vouched for it.')
  proven!: boolean;

  @TextAnswer('The commit of the merge request that the candidate stands for.')
  head!: string;
}

/** A candidate that belongs to the merge request. */
export class LinkedCandidateAnswer extends ReportedCandidateAnswer {
  @PartAnswer(() => LinkAnswer, 'Why it belongs to the merge request.')
  link!: LinkAnswer;

  @FlagAnswer('False for candidates of an earlier head.')
  at_head!: boolean;
}

class ReportedMetricAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @NumberAnswer('The latest.')
  value!: JsonNumber;

  @WholeAnswer('Of the latest.')
  step!: number;

  @TimeAnswer('Of the latest; null for a time that no calendar has.', { nullable: true })
  tracked_at!: string | null;
}

/** The best of them, with what was logged to it. */
export class BestCandidateAnswer extends LinkedCandidateAnswer {
  @ListAnswer(() => ReportedMetricAnswer, 'The latest of each.')
  metrics!: ReportedMetricAnswer[];

  @ListAnswer(() => NamedValueAnswer, 'What it was tried with.')
  params!: NamedValueAnswer[];
}

/** The candidate of the target branch, with what was logged to it. */
export class BaselineAnswer extends ReportedCandidateAnswer {
  @ListAnswer(() => ReportedMetricAnswer, 'The latest of each.')
  metrics!: ReportedMetricAnswer[];

  @ListAnswer(() => NamedValueAnswer, 'What it was tried with.')
  params!: NamedValueAnswer[];

  @TextAnswer('How it was found on the target branch.', { enum: ['branch', 'commit'] })
  found_by!: string;
}
