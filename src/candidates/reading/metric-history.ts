import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, invalid, type CandidateEid, type Page, type ProjectId } from '../../common';
import { Database, type Statement } from '../../database';
import type { MetricPoint } from '../candidate';
import { unknownCandidate } from '../candidate-errors';
import { checkWholeNumber } from '../candidate-rules';
import type { HistoryPage, HistorySample } from '../requests';
import { readDoubles, readIntegers } from './number-columns';
import { countPoints, findSeries, history, historyAfter, sampleByPlace, sampleByStep } from './read.statements';

/** Points as columns, one element a point; null when there is none. */
interface Columns {
  readonly steps: Buffer | null;
  readonly times: Buffer | null;
  readonly values: Buffer | null;
}

/** So many points are read to choose among them by their place; of more, the steps are looked up. */
const fewPoints = 5_000;

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
    const points = await this.points(name, place.length === 0 ? history : historyAfter, values);
    const items = limit === undefined ? points : points.slice(0, limit);
    const last = limit !== undefined && points.length > limit ? items.at(-1) : undefined;
    if (last === undefined) return { items };
    return { items, nextPageToken: encodePageToken([last.trackedAt, last.step, String(last.value)]) };
  }

  /**
   * Points spread evenly over the history between two steps, by step, then time, then value; the first and the last are among them.
   * A long history is spread over its steps rather than its points, unless that finds too few. An unknown metric has no points.
   * @throws AssayError `not-found` for an unknown candidate
   */
  async sample(
    project: ProjectId,
    eid: CandidateEid,
    name: string,
    { firstStep, lastStep, points }: HistorySample,
  ): Promise<MetricPoint[]> {
    const series = await this.find(project, eid, name);
    if (series === undefined) return [];
    const between = [
      Math.max(firstStep ?? -Infinity, Number.MIN_SAFE_INTEGER),
      Math.min(lastStep ?? Infinity, Number.MAX_SAFE_INTEGER),
    ];
    const values = [project, series.iid, series.metric, ...between];
    const most = Math.max(fewPoints, points);
    const [counted] = await this.database.query<{ count: number }>(countPoints, [...values, most + 1]);
    if ((counted?.count ?? 0) > most) {
      const found = await this.points(name, sampleByStep, [...values, points]);
      if (found.length * 2 >= points) return found;
    }
    return this.points(name, sampleByPlace, [...values, points]);
  }

  private async points(name: string, statement: Statement, values: readonly unknown[]): Promise<MetricPoint[]> {
    const [columns] = await this.database.query<Columns & Record<string, unknown>>(statement, values);
    if (columns === undefined) return [];
    const [steps, times, found] = [
      readIntegers(columns.steps),
      readIntegers(columns.times),
      readDoubles(columns.values),
    ];
    return found.map((value, index) => ({
      name,
      value,
      step: steps[index] ?? Number.NaN,
      trackedAt: times[index] ?? Number.NaN,
    }));
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
