import { Inject, Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesOptions, CandidatesService, type CandidateWrite } from '../../candidates';
import { CandidateModelsService, type ModelMetricWrite } from '../../models';
import { Message, messageLimits, MlflowApi, type Fields } from '../wire';
import { readLogBatch, readLogMetric, readLogParam, readSetTag } from './log.requests';
import { ofRun, readRunId } from './run-id';
import { readModelMetrics } from './run-models';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#log-metric and its siblings; each answers after the commit. */
@MlflowApi('runs')
export class LoggingController {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly models: CandidateModelsService,
    @Inject(CandidatesOptions) private readonly limits: CandidatesOptions,
  ) {}

  @Post('log-metric')
  @Requires('candidates:write')
  logMetric(@CurrentAccess() access: Access, @Message() fields: Fields): Promise<object> {
    const write = readLogMetric(fields);
    return this.write(access, write, readModelMetrics([fields], write.eid));
  }

  @Post('log-parameter')
  @Requires('candidates:write')
  logParam(@CurrentAccess() access: Access, @Message() fields: Fields): Promise<object> {
    return this.write(access, readLogParam(fields));
  }

  @Post('log-batch')
  @Requires('candidates:write')
  logBatch(@CurrentAccess() access: Access, @Message(messageLimits.batch) fields: Fields): Promise<object> {
    const write = readLogBatch(fields, this.limits);
    return this.write(access, write, readModelMetrics(fields.messages('metrics'), write.eid));
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

  /** Points of models are rare; they go first, and only when the run takes writes, so that a refusal leaves nothing behind. */
  private async write(
    { project }: Access,
    write: CandidateWrite,
    measures: readonly ModelMetricWrite[] = [],
  ): Promise<object> {
    if (measures.length > 0) {
      const question = { eid: write.eid, points: [], params: [], tags: [] };
      await ofRun(write.eid, this.candidates.write(project.id, question));
      await this.models.logMetrics(project.id, measures);
    }
    await ofRun(write.eid, this.candidates.write(project.id, write));
    return {};
  }
}
