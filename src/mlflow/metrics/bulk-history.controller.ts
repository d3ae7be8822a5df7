import { Get } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesService, type MetricPoint } from '../../candidates';
import type { CandidateEid, ProjectId } from '../../common';
import { ofRun, toRunId } from '../runs/run-id';
import { Message, MlflowApi, unlessEmpty, type Fields } from '../wire';
import { readInterval, readMostPoints, readRunIds, sample } from './bulk-history.request';
import { toMetric, type WireMetric } from './metric.presenter';

interface WireRunMetric extends WireMetric {
  readonly run_id: string;
}

function ofRunMetrics(eid: CandidateEid, points: readonly MetricPoint[]): WireRunMetric[] {
  const run_id = toRunId(eid);
  return points.map((point) => ({ ...toMetric(point), run_id }));
}

/** The history of one metric of several runs, as charts want it. */
@MlflowApi('metrics')
export class BulkHistoryController {
  constructor(private readonly candidates: CandidatesService) {}

  /** Each run's points spread over the interval of steps. */
  @Get('get-history-bulk-interval')
  @Requires('candidates:read')
  async interval(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [name, eids, interval] = [
      fields.requiredString('metric_key'),
      readRunIds(fields, 'run_ids'),
      readInterval(fields),
    ];
    const found = await this.histories(project.id, eids, name, (points) => sample(points, interval));
    return unlessEmpty('metrics', found);
  }

  /** All points, by run and time, until the answer is full. */
  @Get('get-history-bulk')
  @Requires('candidates:read')
  async all(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [name, eids, most] = [
      fields.requiredString('metric_key'),
      readRunIds(fields, 'run_id').sort(),
      readMostPoints(fields),
    ];
    const found = await this.histories(project.id, eids, name, (points) => points, most);
    return { metrics: found.slice(0, most) };
  }

  /** One run after the other, so that only one whole history is held. */
  private async histories(
    project: ProjectId,
    eids: readonly CandidateEid[],
    name: string,
    choose: (points: readonly MetricPoint[]) => readonly MetricPoint[],
    limit?: number,
  ): Promise<WireRunMetric[]> {
    const found: WireRunMetric[] = [];
    const page = limit === undefined ? {} : { limit };
    for (const eid of eids) {
      const { items } = await ofRun(eid, this.candidates.metricHistory(project, eid, name, page));
      found.push(...ofRunMetrics(eid, choose(items)));
    }
    return found;
  }
}
