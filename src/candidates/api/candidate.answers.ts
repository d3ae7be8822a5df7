import { getSchemaPath, ApiExtraModels, ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ListAnswer,
  NamedValueAnswer,
  NumberAnswer,
  PageAnswer,
  PartAnswer,
  TextAnswer,
  TimeAnswer,
  WholeAnswer,
  type JsonNumber,
} from '../../common';
import type { CandidateStatus } from '../candidate';

/** Where a candidate may stand. */
export const statuses: readonly CandidateStatus[] = ['running', 'scheduled', 'finished', 'failed', 'killed'];

/** The latest point of a metric. */
export class LatestMetricAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @NumberAnswer('Of the point with the highest step, then time, then value.')
  value!: JsonNumber;

  @WholeAnswer('Of that point.')
  step!: number;

  @WholeAnswer('Of that point: milliseconds since the epoch.')
  tracked_at!: number;
}

/** Data that a candidate was trained or judged on. */
class DatasetAnswer {
  @TextAnswer('With the digest it identifies the dataset in the experiment.')
  name!: string;

  @TextAnswer('Of the content.')
  digest!: string;

  @TextAnswer('What kind of place the source is.')
  source_type!: string;

  @TextAnswer('Where the data is from; often JSON.')
  source!: string;

  @TextAnswer('Its columns; often JSON.', { optional: true })
  schema?: string;

  @TextAnswer('Its statistics; often JSON.', { optional: true })
  profile?: string;
}

/** A dataset, and what the candidate used it for. */
export class InputAnswer {
  @PartAnswer(() => DatasetAnswer, 'What was used.')
  dataset!: DatasetAnswer;

  @ListAnswer(() => NamedValueAnswer, 'What it was used for.')
  tags!: NamedValueAnswer[];
}

/** What a candidate is, without what was logged to it. */
class CandidateAttributes {
  @WholeAnswer('Counts from 1 in the project.')
  iid!: number;

  @ApiProperty({ type: 'string', format: 'uuid', description: 'What machines call it.' })
  eid!: string;

  @WholeAnswer('The experiment that it is in.')
  experiment_iid!: number;

  @TextAnswer('As people call it.')
  name!: string;

  @ApiProperty({
    type: 'string',
    enum: [...statuses],
    enumName: 'CandidateStatus',
    description: 'The last three are final.',
  })
  status!: CandidateStatus;

  @WholeAnswer('Milliseconds since the epoch, as the client says.')
  started_at!: number;

  @WholeAnswer('Milliseconds since the epoch, as the client says.', { optional: true })
  ended_at?: number;

  @TextAnswer('The user as the client names them; not proven.')
  user_name!: string;

  @TextAnswer('Who the token belonged to.')
  created_by!: string;

  @TimeAnswer('By the clock of the server.')
  created_at!: Date;

  @TimeAnswer('When it was deleted; absent while it is live.', { optional: true })
  deleted_at?: Date;

  @TextAnswer('The commit that it comes from.', { optional: true })
  commit?: string;

  @TextAnswer('The branch that it comes from.', { optional: true })
  branch?: string;

  @WholeAnswer('The merge request that it says it is for.', { optional: true })
  claimed_merge_request?: number;
}

/** A candidate with the latest of all that was logged to it; lists are ordered by name. */
export class CandidateAnswer extends CandidateAttributes {
  @ListAnswer(() => LatestMetricAnswer, 'The latest point of each metric.')
  metrics!: LatestMetricAnswer[];

  @ListAnswer(() => NamedValueAnswer, 'What it was tried with.')
  params!: NamedValueAnswer[];

  @ListAnswer(() => NamedValueAnswer, 'What else is noted of it.')
  tags!: NamedValueAnswer[];

  @ListAnswer(() => InputAnswer, 'The datasets that it used.')
  inputs!: InputAnswer[];
}

/** The fields of a candidate that the request selected. */
export class SelectedCandidateAnswer extends PartialType(CandidateAnswer) {}

/** One page of candidates. */
@ApiExtraModels(CandidateAnswer, SelectedCandidateAnswer)
export class CandidatesAnswer extends PageAnswer {
  @ApiProperty({
    type: 'array',
    items: { anyOf: [CandidateAnswer, SelectedCandidateAnswer].map((model) => ({ $ref: getSchemaPath(model) })) },
    description: 'Whole ones, unless the request selects fields.',
  })
  candidates!: (CandidateAnswer | SelectedCandidateAnswer)[];
}

/** The datasets of one candidate. */
export class InputsAnswer {
  @ListAnswer(() => InputAnswer, 'By name and digest.')
  inputs!: InputAnswer[];
}
