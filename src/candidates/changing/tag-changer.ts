import { Injectable } from '@nestjs/common';
import type { CandidateEid, ProjectId } from '../../common';
import { Database, statement } from '../../database';
import { deletedCandidate, unknownCandidate } from '../candidate-errors';

/** Changes of one candidate's tags wait for each other here, in whichever process they are. */
const lockCandidate = statement(
  'candidates.lock-for-tag',
  `SELECT c.iid, c.deleted_at IS NOT NULL AS deleted FROM assay.candidates c
    WHERE c.project_id = $1 AND c.eid = $2 FOR NO KEY UPDATE`,
);

const readTag = statement(
  'candidates.read-tag',
  `SELECT t.value FROM assay.candidate_tags t WHERE t.project_id = $1 AND t.candidate_iid = $2 AND t.name = $3`,
);

const writeTag = statement(
  'candidates.write-tag',
  `INSERT INTO assay.candidate_tags (project_id, candidate_iid, name, value) VALUES ($1, $2, $3, $4)
   ON CONFLICT (project_id, candidate_iid, name) DO UPDATE SET value = excluded.value`,
);

/** Tags whose next value is made of the one that stands. */
@Injectable()
export class TagChanger {
  constructor(private readonly database: Database) {}

  /**
   * None of several changes at once is lost. The value is kept as `change` gives it.
   * @throws AssayError `not-found`, or `invalid` for a deleted candidate; what `change` throws leaves the tag as it is
   */
  async change(
    project: ProjectId,
    eid: CandidateEid,
    name: string,
    change: (value: string | undefined) => string,
  ): Promise<void> {
    await this.database.transaction(async (within) => {
      const [candidate] = await within.query<{ iid: number; deleted: boolean }>(lockCandidate, [project, eid]);
      if (candidate === undefined) throw unknownCandidate(eid);
      if (candidate.deleted) throw deletedCandidate(eid);
      const [tag] = await within.query<{ value: string }>(readTag, [project, candidate.iid, name]);
      await within.query(writeTag, [project, candidate.iid, name, change(tag?.value)]);
    });
  }
}
