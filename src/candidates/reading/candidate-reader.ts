import { Injectable } from '@nestjs/common';
import type { CandidateEid, CandidateIid, ProjectId } from '../../common';
import { Database } from '../../database';
import type { CandidateDetails } from '../candidate';
import { toDetails, type DetailsRow } from './candidate-rows';
import { byIids, get } from './read.statements';

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
      const values = [project, iids.slice(start, start + chunk)];
      const rows = await this.database.query<DetailsRow & Record<string, unknown>>(byIids, values);
      for (const row of rows) {
        const details = toDetails(project, row);
        found.set(details.candidate.iid, details);
      }
    }
    return iids.flatMap((iid) => found.get(iid) ?? []);
  }
}
