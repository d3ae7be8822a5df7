import {
  ListAnswer,
  NumberAnswer,
  PageAnswer,
  PartAnswer,
  presentNumber,
  TextAnswer,
  WholeAnswer,
  type JsonNumber,
  type Page,
} from '../../common';
import type { MetricSummary } from '../metrics/metric-summaries';
import type { Point } from '../metrics/point';
import type { Series } from '../metrics/sampled-series';

/** One value of a metric. */
class PointAnswer {
  @WholeAnswer('As it was logged.')
  step!: number;

  @WholeAnswer('Milliseconds since the epoch.')
  tracked_at!: number;

  @NumberAnswer('The value.')
  value!: JsonNumber;
}

/** A candidate's metric in short. */
class MetricSummaryAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @WholeAnswer('How many there are, equal repeats aside.')
  points!: number;

  @PartAnswer(() => PointAnswer, 'The one with the highest step, then time, then value.')
  latest!: PointAnswer;

  @PartAnswer(() => PointAnswer, 'The one with the lowest step, then time, then value.')
  first!: PointAnswer;

  @NumberAnswer('NaN does not count; absent while there is nothing else.', { optional: true })
  min?: JsonNumber;

  @NumberAnswer('NaN does not count; absent while there is nothing else.', { optional: true })
  max?: JsonNumber;
}

/** One page of a candidate's metrics. */
export class MetricSummariesAnswer extends PageAnswer {
  @ListAnswer(() => MetricSummaryAnswer, 'By name.')
  metrics!: MetricSummaryAnswer[];
}

/** One page of a metric's points. */
export class PointsAnswer extends PageAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @ListAnswer(() => PointAnswer, 'By step, then time, then value.')
  points!: PointAnswer[];
}

/** A candidate's curve. */
class SeriesAnswer {
  @WholeAnswer("The candidate's iid.")
  iid!: number;

  @TextAnswer("The candidate's eid.")
  eid!: string;

  @WholeAnswer('How many points there are; when that is more than max_points, only some of them are answered.')
  total!: number;

  @ListAnswer(() => PointAnswer, 'By step, then time, then value; the first and the last are always there.')
  points!: PointAnswer[];
}

/** Curves of one metric. */
export class SeriesListAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @ListAnswer(() => SeriesAnswer, 'In the order asked for; without points where the metric was never logged.')
  series!: SeriesAnswer[];
}

function presentPoint({ step, trackedAt, value }: Point): PointAnswer {
  return { step, tracked_at: trackedAt, value: presentNumber(value) };
}

function presentSummary({ name, points, latest, first, min, max }: MetricSummary): MetricSummaryAnswer {
  return {
    ...{ name, points, latest: presentPoint(latest), first: presentPoint(first) },
    ...(min === undefined ? {} : { min: presentNumber(min) }),
    ...(max === undefined ? {} : { max: presentNumber(max) }),
  };
}

/** A page of summaries on the native API. */
export function presentSummaries({ items, nextPageToken }: Page<MetricSummary>): MetricSummariesAnswer {
  return {
    metrics: items.map(presentSummary),
    ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
  };
}

/** A page of points on the native API. */
export function presentPoints(name: string, { items, nextPageToken }: Page<Point>): PointsAnswer {
  return {
    name,
    points: items.map(presentPoint),
    ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
  };
}

/** Curves on the native API. */
export function presentSeries(name: string, series: readonly Series[]): SeriesListAnswer {
  return {
    name,
    series: series.map(({ iid, eid, total, points }) => ({ iid, eid, total, points: points.map(presentPoint) })),
  };
}
