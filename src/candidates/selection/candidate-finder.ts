import { Injectable } from '@nestjs/common';
import {
  asCandidateIid,
  notFound,
  parseEid,
  parseIid,
  type CandidateEid,
  type CandidateIid,
  type ProjectId,
} from '../../common';
import { Database, statement } from '../../database';

/** Both names of a candidate that is there, deleted or not. */
export interface CandidateNames {
  readonly iid: CandidateIid;
  readonly eid: CandidateEid;
}

const byIid = statement(
  'candidates.find-by-iid',
  'SELECT iid, eid FROM assay.candidates WHERE project_id = $1 AND iid = $2 AND purge_requested_at IS NULL',
);
const byEid = statement(
  'candidates.find-by-eid',
  'SELECT iid, eid FROM assay.candidates WHERE project_id = $1 AND eid = $2 AND purge_requested_at IS NULL',
);

/** Finds a candidate by what people or machines call it. */
@Injectable()
export class CandidateFinder {
  constructor(private readonly database: Database) {}

  /** @param text an iid, or an eid with or without hyphens @throws AssayError `not-found` */
  async find(project: ProjectId, text: string): Promise<CandidateNames> {
    const [iid, eid] = [parseIid(text), parseEid(text.toLowerCase())];
    const [found] =
      eid !== undefined
        ? await this.database.query<{ iid: number; eid: CandidateEid }>(byEid, [project, eid])
        : iid === undefined
          ? []
          : await this.database.query<{ iid: number; eid: CandidateEid }>(byIid, [project, iid]);
    if (found !== undefined) return { iid: asCandidateIid(found.iid), eid: found.eid };
    throw notFound(`No candidate with iid or eid ${JSON.stringify(text)} exists in this project`);
  }
}
