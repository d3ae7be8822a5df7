import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, invalid, type CandidateIid, type Page, type ProjectId } from '../../common';
import { Database } from '../../database';
import { summaries } from './metrics.statements';
import type { Point } from './point';

/** A candidate's metric in short. */
export interface MetricSummary {
  readonly name: string;
  /** How many points were logged, equal repeats aside. */
  readonly points: number;
  /** The point with the highest step, then time, then value. */
  readonly latest: Point;
  /** The point with the lowest step, then time, then value. */
  readonly first: Point;
  /** NaN counts in neither; absent while there is nothing else. */
  readonly min?: number;
  readonly max?: number;
}

interface Row {
  readonly name: string;
  readonly points: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly latest: number;
  readonly latest_step: number;
  readonly latest_tracked_at: number;
  readonly first: number;
  readonly first_step: number;
  readonly first_tracked_at: number;
}

function toSummary(row: Row): MetricSummary {
  return {
    name: row.name,
    points: row.points,
    latest: { step: row.latest_step, trackedAt: row.latest_tracked_at, value: row.latest },
    first: { step: row.first_step, trackedAt: row.first_tracked_at, value: row.first },
    ...(row.min === null ? {} : { min: row.min }),
    ...(row.max === null ? {} : { max: row.max }),
  };
}

function readPlace(token: string): string {
  const place = decodePageToken(token);
  if (typeof place === 'string' && !place.includes('\0')) return place;
  throw invalid('page_token is not one of a list of metrics; ask for the first page again', 'page_token');
}

/** What search and pages read of a candidate's metrics, as a list. */
@Injectable()
export class MetricSummaries {
  constructor(private readonly database: Database) {}

  /** By name. The candidate must be there. */
  async page(
    project: ProjectId,
    candidate: CandidateIid,
    { limit, pageToken }: { readonly limit: number; readonly pageToken?: string },
  ): Promise<Page<MetricSummary>> {
    const after = pageToken === undefined ? '' : readPlace(pageToken);
    const values = [project, candidate, after, limit + 1];
    const rows = await this.database.query<Row & Record<string, unknown>>(summaries, values);
    const items = rows.slice(0, limit).map(toSummary);
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, nextPageToken: encodePageToken(last.name) } : { items };
  }
}
