import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database';
import { counters, periods, type Counts, type Period, type Usage } from './usage';
import {
  countCandidates,
  countExperiments,
  countLoggedModels,
  countMergeRequests,
  countProjects,
  countStorage,
  now,
} from './usage.statements';

type CountRow = Record<string, unknown> & { readonly period: Period };

const all: readonly Statement[] = [
  countProjects,
  countExperiments,
  countLoggedModels,
  countMergeRequests,
  countCandidates,
];

/** What all projects keep in the artifact store. */
export interface StoredTotal {
  readonly bytes: number;
  readonly files: number;
}

/** Counts across all projects; nothing else in Assay may do that. */
@Injectable()
export class UsageRepository {
  constructor(private readonly database: Database) {}

  /** Reads every candidate once, on one connection. */
  async count(): Promise<Usage> {
    return this.database.transaction(async (transaction) => {
      const [row] = await transaction.query<{ now: Date }>(now);
      const rows: CountRow[] = [];
      for (const statement of all) rows.push(...(await transaction.query<CountRow>(statement)));
      return { recordedAt: row?.now ?? new Date(), counts: countsOf(rows) };
    });
  }

  async stored(): Promise<StoredTotal> {
    const [row] = await this.database.query<Record<string, unknown> & StoredTotal>(countStorage);
    return { bytes: row?.bytes ?? 0, files: row?.files ?? 0 };
  }
}

function countsOf(rows: readonly CountRow[]): Usage['counts'] {
  const ofPeriod = (period: Period): Counts => {
    const found = Object.assign({}, ...rows.filter((row) => row.period === period)) as Partial<Counts>;
    return Object.fromEntries(counters.map((name) => [name, found[name] ?? 0])) as unknown as Counts;
  };
  return Object.fromEntries(periods.map((period) => [period, ofPeriod(period)])) as unknown as Usage['counts'];
}
