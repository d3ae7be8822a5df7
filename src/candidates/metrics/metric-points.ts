import { Injectable } from '@nestjs/common';
import {
  checkText,
  decodePageToken,
  encodePageToken,
  invalid,
  type CandidateIid,
  type Page,
  type ProjectId,
} from '../../common';
import { Database } from '../../database';
import { metricId, points, pointsAfter } from './metrics.statements';
import { toPoint, type Point, type PointRow } from './point';

const doublePattern = /^(NaN|-?Infinity|-?[0-9.]+(e[-+]?[0-9]+)?)$/;

/** Step, time and value; the value as text, because JSON has no infinities. */
type Place = readonly [step: number, trackedAt: number, value: string];

function readPlace(token: string): Place {
  const place = decodePageToken(token);
  const [step, trackedAt, value, ...rest] = Array.isArray(place) ? (place as unknown[]) : [];
  const fits = Number.isSafeInteger(step) && Number.isSafeInteger(trackedAt) && rest.length === 0;
  if (!fits || typeof value !== 'string' || !doublePattern.test(value)) {
    throw invalid("page_token is not one of a metric's points; ask for the first page again", 'page_token');
  }
  return [step as number, trackedAt as number, value];
}

/** The points of one metric of a candidate, page by page. */
@Injectable()
export class MetricPoints {
  constructor(private readonly database: Database) {}

  /** By step, then time, then value; an unknown metric has none. The candidate must be there. */
  async page(
    project: ProjectId,
    candidate: CandidateIid,
    name: string,
    { limit, pageToken }: { readonly limit: number; readonly pageToken?: string },
  ): Promise<Page<Point>> {
    const place = pageToken === undefined ? [] : readPlace(pageToken);
    const metric = await this.metric(project, name);
    if (metric === undefined) return { items: [] };
    const values = [project, candidate, metric, limit + 1, ...place];
    const rows = await this.database.query<PointRow & Record<string, unknown>>(
      place.length === 0 ? points : pointsAfter,
      values,
    );
    const items = rows.slice(0, limit).map(toPoint);
    const last = items.at(-1);
    if (rows.length <= limit || last === undefined) return { items };
    return { items, nextPageToken: encodePageToken([last.step, last.trackedAt, String(last.value)]) };
  }

  /** The number that stands for the name in points; undefined when the project never saw it. */
  async metric(project: ProjectId, name: string): Promise<number | undefined> {
    checkText(name, 'name');
    const [row] = await this.database.query<{ metric_id: number }>(metricId, [project, name]);
    return row?.metric_id;
  }
}
