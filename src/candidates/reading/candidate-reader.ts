import { Injectable } from '@nestjs/common';
import type { CandidateEid, CandidateIid, ProjectId } from '../../common';
import { Database, ProjectCoalescers } from '../../database';
import type { CandidateDetails } from '../candidate';
import { arrayLiteral } from '../writing/array-literal';
import { toCandidate, type CandidateRow } from './candidate-rows';
import { collectLogged, toDetails, type DetailsRow, type LoggedRow } from './logged-rows';
import { byIids, get, loggedOfPage } from './read.statements';

/** So many candidates come in one answer of the database, which bounds what it holds in memory. */
const chunk = 1_000;
/** Reads of single candidates that share a statement, which bounds how long one waits for the others. */
const sharing = 32;

/** Reads candidates with all that was logged to them. */
@Injectable()
export class CandidateReader {
  private readonly gets = new ProjectCoalescers<CandidateEid, CandidateDetails | undefined>({
    run: (project, eids) => this.byEids(project, eids),
    weigh: () => 1,
    maxWeight: sharing,
    reads: true,
  });

  constructor(private readonly database: Database) {}

  /** Reads that come at once share a statement, which costs each of them half. */
  get(project: ProjectId, eid: CandidateEid): Promise<CandidateDetails | undefined> {
    return this.gets.submit(project, eid);
  }

  /** In the order of the iids; unknown ones are left out. */
  async byIids(project: ProjectId, iids: readonly CandidateIid[]): Promise<CandidateDetails[]> {
    const found = new Map<CandidateIid, CandidateDetails>();
    for (let start = 0; start < iids.length; start += chunk) {
      for (const details of await this.page(project, iids.slice(start, start + chunk))) {
        found.set(details.candidate.iid, details);
      }
    }
    return iids.flatMap((iid) => found.get(iid) ?? []);
  }

  private async byEids(
    project: ProjectId,
    eids: readonly CandidateEid[],
  ): Promise<readonly (CandidateDetails | undefined)[]> {
    const rows = await this.database.query<DetailsRow & Record<string, unknown>>(get, [project, arrayLiteral(eids)]);
    const found = new Map(rows.map((row) => [row.eid, row]));
    return eids.map((eid) => {
      const row = found.get(eid);
      return row === undefined ? undefined : toDetails(project, row);
    });
  }

  private async page(project: ProjectId, iids: readonly CandidateIid[]): Promise<CandidateDetails[]> {
    const values = [project, arrayLiteral(iids)];
    const rows = await this.database.query<CandidateRow & Record<string, unknown>>(byIids, values);
    const logged = collectLogged(await this.database.query<LoggedRow & Record<string, unknown>>(loggedOfPage, values));
    return rows.map((row) => ({
      candidate: toCandidate(project, row),
      data: logged.get(row.iid) ?? { metrics: [], params: [], tags: [], inputs: [] },
    }));
  }
}
