import { Get } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesService } from '../../candidates';
import { ofRun, readRunId } from '../runs/run-id';
import { Message, MlflowApi, toNextPage, unlessEmpty, type Fields } from '../wire';
import { readHistoryPage } from './history.request';
import { toMetric } from './metric.presenter';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#get-metric-history */
@MlflowApi('metrics')
export class MetricsController {
  constructor(private readonly candidates: CandidatesService) {}

  @Get('get-history')
  @Requires('candidates:read')
  async history(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [eid, name, page] = [readRunId(fields), fields.requiredString('metric_key'), readHistoryPage(fields)];
    const { items, nextPageToken } = await ofRun(eid, this.candidates.metricHistory(project.id, eid, name, page));
    return { ...unlessEmpty('metrics', items.map(toMetric)), ...toNextPage(nextPageToken) };
  }
}
