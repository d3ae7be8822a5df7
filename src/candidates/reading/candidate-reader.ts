import { Injectable } from '@nestjs/common';
import type { CandidateEid, CandidateIid, ProjectId } from '../../common';
import { Database } from '../../database';
import type { CandidateDetails } from '../candidate';
import { arrayLiteral } from '../writing/array-literal';
import { toCandidate, type CandidateRow } from './candidate-rows';
import { collectLogged, toDetails, type DetailsRow, type LoggedRow } from './logged-rows';
import { byIids, get, loggedOfPage } from './read.statements';

/** So many candidates come in one answer of the database, which bounds what it holds in memory. */
const chunk = 1_000;

/** Reads candidates with all that was logged to them. */
@Injectable()
export class CandidateReader {
  constructor(private readonly database: Database) {}

  async get(project: ProjectId, eid: CandidateEid): Promise<CandidateDetails | undefined> {
    const [row] = await this.database.query<DetailsRow & Record<string, unknown>>(get, [project, eid]);
    return row === undefined ? undefined : toDetails(project, row);
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
