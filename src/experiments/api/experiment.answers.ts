import { ListAnswer, NamedValueAnswer, PageAnswer, TextAnswer, TimeAnswer, WholeAnswer } from '../../common';

/** An experiment. */
export class ExperimentAnswer {
  @WholeAnswer('Counts from 0, which is Default, in the project.')
  iid!: number;

  @TextAnswer('Free among the live experiments of the project.')
  name!: string;

  @TextAnswer('Where its artifacts are when the client chose the place.', { optional: true })
  artifact_location?: string;

  @TextAnswer('Who made it.')
  created_by!: string;

  @TimeAnswer('When it was made.')
  created_at!: Date;

  @TimeAnswer('When it was last changed.')
  updated_at!: Date;

  @TimeAnswer('When it was deleted; absent while it is live.', { optional: true })
  deleted_at?: Date;

  @ListAnswer(() => NamedValueAnswer, 'By name.')
  tags!: NamedValueAnswer[];
}

/** One page of experiments. */
export class ExperimentsAnswer extends PageAnswer {
  @ListAnswer(() => ExperimentAnswer, 'In the order asked for, or newest first.')
  experiments!: ExperimentAnswer[];
}
