import { Controller, Get, Param, Query } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { asCandidateIid, NativeApi, Operation, pageOf, PageQuery } from '../../common';
import { MetricPoints } from '../metrics/metric-points';
import { MetricSummaries } from '../metrics/metric-summaries';
import { SampledSeries } from '../metrics/sampled-series';
import { CandidateFinder } from '../selection/candidate-finder';
import {
  MetricSummariesAnswer,
  PointsAnswer,
  presentPoints,
  presentSeries,
  presentSummaries,
  SeriesListAnswer,
} from './metric.answers';
import { PointsQuery, SeriesQuery } from './metrics.dto';

const usualPoints = 320;

/** Metrics of candidates on the native API. */
@NativeApi('Metrics')
@Controller('projects/:project/ml')
export class MetricsController {
  constructor(
    private readonly finder: CandidateFinder,
    private readonly summaries: MetricSummaries,
    private readonly points: MetricPoints,
    private readonly series: SampledSeries,
  ) {}

  @Get('candidates/:iid/metrics')
  @Requires('candidates:read')
  @Operation('List the metrics of a candidate', {
    answer: MetricSummariesAnswer,
    description: 'Of each the latest and the first point, the lowest and the highest value, and the count.',
  })
  async list(
    @CurrentAccess() { project }: Access,
    @Param('iid') text: string,
    @Query() query: PageQuery,
  ): Promise<MetricSummariesAnswer> {
    const { iid } = await this.finder.find(project.id, text);
    return presentSummaries(await this.summaries.page(project.id, iid, pageOf(query)));
  }

  @Get('candidates/:iid/metrics/history')
  @Requires('candidates:read')
  @Operation('List the points of a metric of a candidate', { answer: PointsAnswer })
  async history(
    @CurrentAccess() { project }: Access,
    @Param('iid') text: string,
    @Query() query: PointsQuery,
  ): Promise<PointsAnswer> {
    const { iid } = await this.finder.find(project.id, text);
    return presentPoints(query.name, await this.points.page(project.id, iid, query.name, pageOf(query)));
  }

  @Get('metrics/history')
  @Requires('candidates:read')
  @Operation('Get curves of a metric for a chart', {
    answer: SeriesListAnswer,
    description: 'Where there are more points than asked for: those at evenly spaced steps.',
  })
  async curves(@CurrentAccess() { project }: Access, @Query() query: SeriesQuery): Promise<SeriesListAnswer> {
    const { name, candidate, max_points: most = usualPoints } = query;
    return presentSeries(name, await this.series.of(project.id, candidate.map(asCandidateIid), name, most));
  }
}
