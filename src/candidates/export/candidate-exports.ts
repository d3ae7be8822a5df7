import { Inject, Injectable } from '@nestjs/common';
import type { EnabledProject } from '../../access';
import { asCandidateIid, checkText, invalid, type CandidateIid, type HttpRequest } from '../../common';
import type { Queryable } from '../../database';
import { CandidatesOptions } from '../candidates.options';
import { candidateTable } from './candidate-table';
import { readColumns } from './columns';
import type { CandidatesExportQuery, MetricsExportQuery } from './export.dto';
import { formats } from './formats';
import { pointTable } from './point-table';
import { selectCandidates } from './selection';
import { endOf, sendTable } from './send-table';
import { Snapshots } from './snapshots';
import type { Table } from './table';

/** A request and its answer; Express's and Fastify's both fit. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: object;
}

interface Plan {
  readonly kind: 'candidates' | 'metrics';
  readonly format: keyof typeof formats;
  /** The candidates of the rows, in their order. */
  select(snapshot: Queryable, stopped: AbortSignal): Promise<readonly CandidateIid[]>;
  read(snapshot: Queryable, iids: readonly CandidateIid[], stopped: AbortSignal): Promise<Table>;
}

/** Sends what a project has tracked as one file, as it was at one moment. */
@Injectable()
export class CandidateExports {
  constructor(
    private readonly snapshots: Snapshots,
    @Inject(CandidatesOptions) private readonly options: CandidatesOptions,
  ) {}

  /** A row a candidate. @throws AssayError `invalid` or `rate-limited`, before anything is sent */
  async candidates(project: EnabledProject, query: CandidatesExportQuery, exchange: Exchange): Promise<void> {
    const asked = readColumns(query.names());
    const { candidatesPerExport: most, columnsPerExport: mostColumns } = this.options;
    await this.send(project, exchange, {
      kind: 'candidates',
      format: query.format ?? 'csv',
      select: (snapshot, stopped) => selectCandidates(snapshot, project.id, query.selection(), { most, stopped }),
      read: (snapshot, iids, stopped) =>
        candidateTable(snapshot, { project: project.id, iids, asked, mostColumns, stopped }),
    });
  }

  /** A row a point. @throws AssayError `invalid` or `rate-limited`, before anything is sent */
  async points(project: EnabledProject, query: MetricsExportQuery, exchange: Exchange): Promise<void> {
    query.name?.forEach((name) => {
      checkText(name, 'name');
    });
    const picked = query.candidate?.map(asCandidateIid);
    if (picked !== undefined && query.narrows()) {
      throw invalid('candidate picks by number; leave out experiment, filter, order_by and view', 'candidate');
    }
    const names = query.name === undefined ? {} : { names: query.name };
    const most = this.options.candidatesPerExport;
    await this.send(project, exchange, {
      kind: 'metrics',
      format: query.format ?? 'csv',
      select: async (snapshot, stopped) =>
        picked ?? selectCandidates(snapshot, project.id, query.selection(), { most, stopped }),
      read: (snapshot, iids, stopped) =>
        Promise.resolve(pointTable(snapshot, { project: project.id, iids, stopped, ...names })),
    });
  }

  private async send(project: EnabledProject, { request, response }: Exchange, plan: Plan): Promise<void> {
    const stopped = endOf(response);
    const answer = { begun: false };
    try {
      await this.snapshots.take(async (snapshot) => {
        const table = await plan.read(snapshot, await plan.select(snapshot, stopped), stopped);
        answer.begun = true;
        const name = `${project.path}-${plan.kind}`;
        await sendTable(request, response, { table, format: formats[plan.format], name });
      });
    } catch (error) {
      // Nobody can be told any more: a transaction that was lost amid the rows fails once more at its end.
      if (!answer.begun && !stopped.aborted) throw error;
    }
  }
}
