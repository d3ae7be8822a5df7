import { Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesService } from '../../candidates';
import { Message, messageLimits, MlflowApi, type Fields } from '../wire';
import { readInputs } from './input.requests';
import { ModelHistory } from './model-history.service';
import { readModel } from './model-history';
import { ofRun, readRunId } from './run-id';

/** What a run read and made: datasets and models. */
@MlflowApi('runs')
export class RunModelsController {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly history: ModelHistory,
  ) {}

  @Post('log-inputs')
  @Requires('candidates:write')
  async logInputs(
    @CurrentAccess() { project }: Access,
    @Message(messageLimits.batch) fields: Fields,
  ): Promise<object> {
    const eid = readRunId(fields);
    await ofRun(eid, this.candidates.logInputs(project.id, eid, readInputs(fields)));
    return {};
  }

  @Post('log-model')
  @Requires('candidates:write')
  async logModel(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const eid = readRunId(fields);
    await ofRun(eid, this.history.add(project.id, eid, readModel(fields)));
    return {};
  }
}
