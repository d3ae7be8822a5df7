import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, invalid, type CandidateEid, type Page, type ProjectId } from '../../common';
import { Database } from '../../database';
import type { MetricPoint } from '../candidate';
import { unknownCandidate } from '../candidate-errors';
import { checkWholeNumber } from '../candidate-rules';
import type { HistoryPage } from '../requests';
import { findSeries, history, historyAfter } from './read.statements';

interface Row {
  readonly step: number;
  readonly tracked_at: number;
  readonly value: number;
}

type Place = readonly [trackedAt: number, step: number, value: string];

function readPlace(token: string): Place {
  const place = decodePageToken(token);
  const [trackedAt, step, value, ...rest] = Array.isArray(place) ? (place as unknown[]) : [];
  const fits = Number.isSafeInteger(trackedAt) && Number.isSafeInteger(step) && rest.length === 0;
  if (!fits || typeof value !== 'string' || !/^(NaN|-?Infinity|-?[0-9.]+(e[-+]?[0-9]+)?)$/.test(value)) {
    throw invalid('page_token is not one of a metric history; ask for the first page again', 'page_token');
  }
  return [trackedAt as number, step as number, String(Number(value))];
}

/** Every point of a metric, by time, then step, then value. */
@Injectable()
export class MetricHistory {
  constructor(private readonly database: Database) {}

  /** An unknown metric has no points. @throws AssayError `not-found` for an unknown candidate */
  async page(
    project: ProjectId,
    eid: CandidateEid,
    name: string,
    { limit, pageToken }: HistoryPage,
  ): Promise<Page<MetricPoint>> {
    if (limit !== undefined) checkWholeNumber(limit, 'max_results', 1);
    const place = pageToken === undefined ? [] : readPlace(pageToken);
    const series = await this.find(project, eid, name);
    if (series === undefined) return { items: [] };
    const values = [project, series.iid, series.metric, limit === undefined ? null : limit + 1, ...place];
    const rows = await this.database.query<Row & Record<string, unknown>>(
      place.length === 0 ? history : historyAfter,
      values,
    );
    const items = rows
      .slice(0, limit)
      .map(({ step, tracked_at, value }): MetricPoint => ({ name, value, step, trackedAt: tracked_at }));
    const last = limit !== undefined && rows.length > limit ? items.at(-1) : undefined;
    if (last === undefined) return { items };
    return { items, nextPageToken: encodePageToken([last.trackedAt, last.step, String(last.value)]) };
  }

  private async find(
    project: ProjectId,
    eid: CandidateEid,
    name: string,
  ): Promise<{ iid: number; metric: number } | undefined> {
    const rows = await this.database.query<{ iid: number; metric_id: number | null }>(findSeries, [project, eid, name]);
    const [row] = rows;
    if (row === undefined) throw unknownCandidate(eid);
    return row.metric_id === null ? undefined : { iid: row.iid, metric: row.metric_id };
  }
}
