import { Inject, Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesOptions, CandidatesService, type CandidateWrite } from '../../candidates';
import { Message, messageLimits, MlflowApi, type Fields } from '../wire';
import { readLogBatch, readLogMetric, readLogParam, readSetTag } from './log.requests';
import { ofRun, readRunId } from './run-id';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#log-metric and its siblings; each answers after the commit. */
@MlflowApi('runs')
export class LoggingController {
  constructor(
    private readonly candidates: CandidatesService,
    @Inject(CandidatesOptions) private readonly limits: CandidatesOptions,
  ) {}

  @Post('log-metric')
  @Requires('candidates:write')
  logMetric(@CurrentAccess() access: Access, @Message() fields: Fields): Promise<object> {
    return this.write(access, readLogMetric(fields));
  }

  @Post('log-parameter')
  @Requires('candidates:write')
  logParam(@CurrentAccess() access: Access, @Message() fields: Fields): Promise<object> {
    return this.write(access, readLogParam(fields));
  }

  @Post('log-batch')
  @Requires('candidates:write')
  logBatch(@CurrentAccess() access: Access, @Message(messageLimits.batch) fields: Fields): Promise<object> {
    return this.write(access, readLogBatch(fields, this.limits));
  }

  @Post('set-tag')
  @Requires('candidates:write')
  setTag(@CurrentAccess() access: Access, @Message() fields: Fields): Promise<object> {
    return this.write(access, readSetTag(fields));
  }

  @Post('delete-tag')
  @Requires('candidates:write')
  async deleteTag(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [eid, name] = [readRunId(fields), fields.requiredString('key')];
    await ofRun(eid, this.candidates.deleteTag(project.id, eid, name));
    return {};
  }

  private async write({ project }: Access, write: CandidateWrite): Promise<object> {
    await ofRun(write.eid, this.candidates.write(project.id, write));
    return {};
  }
}
