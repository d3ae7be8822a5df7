import { ListAnswer, NumberAnswer, PartAnswer, TextAnswer, TimeAnswer, WholeAnswer, type JsonNumber } from '../common';
import { BaselineAnswer, BestCandidateAnswer, LinkedCandidateAnswer } from './reported-candidate.answer';

const states = ['pending', 'success', 'error'] as const;
type State = (typeof states)[number];

class ReportedMergeRequestAnswer {
  @WholeAnswer('In the project.')
  iid!: number;

  @TextAnswer('As the forge last told it, like all below.')
  title!: string;

  @TextAnswer('Whether it is open.', { enum: ['open', 'closed', 'merged'] })
  state!: 'open' | 'closed' | 'merged';

  @TextAnswer('Their user name.')
  author!: string;

  @TextAnswer('Where the change is.')
  source_branch!: string;

  @TextAnswer('Where it goes.')
  target_branch!: string;

  @TextAnswer("The sha of the source branch's newest commit.")
  head!: string;

  @TextAnswer('The beginning of it.')
  short_head!: string;

  @TextAnswer('Its page at the forge.')
  web_url!: string;
}

class ComparedMetricAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @NumberAnswer("The best candidate's.", { nullable: true })
  value!: JsonNumber | null;

  @NumberAnswer("The baseline's.", { nullable: true })
  baseline!: JsonNumber | null;

  @TextAnswer('Of the primary metric alone.', { nullable: true, enum: ['better', 'equal', 'worse'] })
  verdict!: string | null;
}

class DifferingParamAnswer {
  @TextAnswer('Of the param.')
  name!: string;

  @TextAnswer("The best candidate's.", { nullable: true })
  value!: string | null;

  @TextAnswer("The baseline's.", { nullable: true })
  baseline!: string | null;
}

class CandidateCountsAnswer {
  @WholeAnswer('All of them.')
  total!: number;

  @WholeAnswer('Those that came to their end.')
  finished!: number;

  @WholeAnswer('Those that run or wait.')
  running!: number;

  @WholeAnswer('Those that failed or were killed.')
  failed!: number;
}

class ReportMetricAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @TextAnswer('Which way is better.', { enum: ['maximize', 'minimize'] })
  direction!: string;
}

class VerdictAnswer {
  @TextAnswer('The commit that it is about.')
  head!: string;

  @TextAnswer('What the commit status says.', { enum: states })
  state!: State;

  @TextAnswer('In one line.')
  headline!: string;

  @TimeAnswer('When it was last decided.')
  decided_at!: string;
}

/** All that the candidates say about a merge request. */
export class ReportAnswer {
  @WholeAnswer("The project's number at the forge.")
  project_id!: number;

  @PartAnswer(() => ReportedMergeRequestAnswer, 'The merge request.')
  merge_request!: ReportedMergeRequestAnswer;

  @TextAnswer('What the commit status says.', { enum: states })
  state!: State;

  @TextAnswer('The verdict in one line.')
  headline!: string;

  @PartAnswer(() => ReportMetricAnswer, 'The metric that decides.', { nullable: true })
  primary_metric!: ReportMetricAnswer | null;

  @PartAnswer(() => CandidateCountsAnswer, 'Of all linked candidates.')
  counts!: CandidateCountsAnswer;

  @PartAnswer(() => CandidateCountsAnswer, 'Of those at the head.')
  counts_at_head!: CandidateCountsAnswer;

  @PartAnswer(() => BestCandidateAnswer, 'The best candidate at the head.', { nullable: true })
  best!: BestCandidateAnswer | null;

  @PartAnswer(() => BaselineAnswer, 'The candidate of the target branch that it is compared with.', { nullable: true })
  baseline!: BaselineAnswer | null;

  @ListAnswer(() => ComparedMetricAnswer, 'The primary metric first.')
  metrics!: ComparedMetricAnswer[];

  @ListAnswer(() => DifferingParamAnswer, 'Params that are not the same in both.')
  differing_params!: DifferingParamAnswer[];

  @ListAnswer(() => LinkedCandidateAnswer, 'Best first, at most 500.')
  candidates!: LinkedCandidateAnswer[];

  @ListAnswer(() => VerdictAnswer, 'The last one on each head, newest first.')
  verdicts!: VerdictAnswer[];

  @TextAnswer('The page of the report.')
  page!: string;
}
