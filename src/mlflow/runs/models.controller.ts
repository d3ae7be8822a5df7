import { Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesService } from '../../candidates';
import { CandidateModelsService } from '../../models';
import { Message, messageLimits, missingValue, MlflowApi, type Fields } from '../wire';
import { readInputs } from './input.requests';
import { ModelHistory } from './model-history.service';
import { readModel } from './model-history';
import { ofRun, readRunId } from './run-id';
import { readModelInputs, readModelOutputs } from './run-models';

/** What a run read and made: datasets and models. */
@MlflowApi('runs')
export class RunModelsController {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly models: CandidateModelsService,
    private readonly history: ModelHistory,
  ) {}

  @Post('log-inputs')
  @Requires('candidates:write')
  async logInputs(@CurrentAccess() { project }: Access, @Message(messageLimits.batch) fields: Fields): Promise<object> {
    const [eid, datasets, models] = [readRunId(fields), readInputs(fields), readModelInputs(fields)];
    if (models.length > 0) await ofRun(eid, this.models.logInputs(project.id, eid, models));
    await ofRun(eid, this.candidates.logInputs(project.id, eid, datasets));
    return {};
  }

  @Post('outputs')
  @Requires('candidates:write')
  async logOutputs(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [eid, models] = [readRunId(fields), readModelOutputs(fields)];
    if (models.length === 0) throw missingValue('models');
    await ofRun(eid, this.models.logOutputs(project.id, eid, models));
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
