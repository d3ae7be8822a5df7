import { Get } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesService, type MetricPoint } from '../../candidates';
import type { CandidateEid } from '../../common';
import { ofRun, toRunId } from '../runs/run-id';
import { Message, MlflowApi, unlessEmpty, type Fields } from '../wire';
import { readInterval, readMostPoints, readRunIds } from './bulk-history.request';
import { toMetric, type WireMetric } from './metric.presenter';

interface WireRunMetric extends WireMetric {
  readonly run_id: string;
}

function ofRunMetrics(eid: CandidateEid, points: readonly MetricPoint[]): WireRunMetric[] {
  const run_id = toRunId(eid);
  return points.map((point) => ({ ...toMetric(point), run_id }));
}

/** One run after the other, so that many runs do not take all connections. */
async function ofEach(
  eids: readonly CandidateEid[],
  read: (eid: CandidateEid) => Promise<readonly MetricPoint[]>,
): Promise<WireRunMetric[]> {
  const found: WireRunMetric[] = [];
  for (const eid of eids) {
    for (const point of ofRunMetrics(eid, await ofRun(eid, read(eid)))) found.push(point);
  }
  return found;
}

/** The history of one metric of several runs, as charts want it. */
@MlflowApi('metrics')
export class BulkHistoryController {
  constructor(private readonly candidates: CandidatesService) {}

  /** Each run's points spread over the interval of steps. */
  @Get('get-history-bulk-interval')
  @Requires('candidates:read')
  async interval(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [name, eids, sample] = [
      fields.requiredString('metric_key'),
      readRunIds(fields, 'run_ids'),
      readInterval(fields),
    ];
    const found = await ofEach(eids, (eid) => this.candidates.sampleMetric(project.id, eid, name, sample));
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
    const found = await ofEach(eids, async (eid) => {
      const { items } = await this.candidates.metricHistory(project.id, eid, name, { limit: most });
      return items;
    });
    return { metrics: found.slice(0, most) };
  }
}
