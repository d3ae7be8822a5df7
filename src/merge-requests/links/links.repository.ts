import { Injectable } from '@nestjs/common';
import { asCandidateIid, asProjectId, type CandidateIid, type ProjectId } from '../../common';
import { Database, statement, type Queryable } from '../../database';
import type { LinkableCandidate, MergeRequestLink } from './link';

const pending = statement(
  'links.pending',
  `SELECT c.iid, e.name AS "experimentName", c.commit_sha AS commit, c.branch, c.claimed_merge_request AS claimed
     FROM assay.candidates c
     JOIN assay.experiments e ON e.project_id = c.project_id AND e.iid = c.experiment_iid
    WHERE c.project_id = $1 AND c.report_pending ORDER BY c.iid LIMIT $2`,
);
const pendingOf = statement(
  'links.pending-of',
  'SELECT DISTINCT project_id AS id FROM assay.candidates WHERE project_id = ANY ($1::bigint[]) AND report_pending',
);
const any = statement(
  'links.any',
  'SELECT 1 AS found FROM assay.merge_request_links WHERE project_id = $1 AND merge_request_iid = $2 LIMIT 1',
);
const settle = statement(
  'links.settle',
  `UPDATE assay.candidates c SET report_pending = false
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[]) AS seen (iid, commit_sha, branch, claimed)
    WHERE c.project_id = $1 AND c.iid = seen.iid AND c.report_pending
      AND c.commit_sha IS NOT DISTINCT FROM seen.commit_sha AND c.branch IS NOT DISTINCT FROM seen.branch
      AND c.claimed_merge_request IS NOT DISTINCT FROM seen.claimed
   RETURNING c.iid`,
);
const upsert = statement(
  'links.upsert',
  `INSERT INTO assay.merge_request_links
     (project_id, merge_request_iid, candidate_iid, source, hint, proven, head_sha)
   SELECT $1, new.mr, new.candidate, new.source, new.hint, new.proven,
          CASE WHEN new.head_known THEN new.head ELSE coalesce(old.head_sha, new.head) END
     FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::boolean[])
       AS new (mr, candidate, source, hint, proven, head, head_known)
     LEFT JOIN assay.merge_request_links old
       ON old.project_id = $1 AND old.merge_request_iid = new.mr AND old.candidate_iid = new.candidate
   ON CONFLICT (project_id, merge_request_iid, candidate_iid) DO UPDATE
     SET source = excluded.source, hint = excluded.hint, proven = excluded.proven, head_sha = excluded.head_sha`,
);
// A link found by commit or branch stays when the merge request is closed, as long as its candidate says the same.
const drop = statement(
  'links.drop',
  `DELETE FROM assay.merge_request_links l
    USING assay.candidates c JOIN assay.experiments e ON e.project_id = c.project_id AND e.iid = c.experiment_iid
    WHERE l.project_id = $1 AND l.candidate_iid = ANY ($2::bigint[])
      AND c.project_id = $1 AND c.iid = l.candidate_iid
      AND NOT (l.merge_request_iid::text || ' ' || l.candidate_iid::text = ANY ($3::text[]))
      AND l.hint IS DISTINCT FROM CASE l.source
            WHEN 'tag' THEN c.claimed_merge_request::text
            WHEN 'experiment' THEN substr(e.name, 2)
            WHEN 'commit' THEN c.commit_sha
            WHEN 'branch' THEN c.branch
            ELSE l.hint END
   RETURNING l.merge_request_iid AS iid`,
);
const touchedBy = statement(
  'links.touched-by',
  `SELECT DISTINCT merge_request_iid AS iid FROM assay.merge_request_links
    WHERE project_id = $1 AND candidate_iid = ANY ($2::bigint[])
   UNION
   SELECT m.iid FROM assay.merge_requests m
    WHERE m.project_id = $1 AND m.state = 'open' AND m.target_branch IN (
      SELECT branch FROM assay.candidates WHERE project_id = $1 AND iid = ANY ($2::bigint[]))
      AND EXISTS (SELECT FROM assay.merge_request_links l WHERE l.project_id = $1 AND l.merge_request_iid = m.iid)`,
);
const markCommit = statement(
  'links.mark-commit',
  `UPDATE assay.candidates SET report_pending = true
    WHERE project_id = $1 AND commit_sha = $2 AND NOT report_pending`,
);
const markBranch = statement(
  'links.mark-branch',
  `UPDATE assay.candidates SET report_pending = true
    WHERE project_id = $1 AND iid IN (
      SELECT c.iid FROM assay.candidates c
       WHERE c.project_id = $1 AND c.branch = $2 AND NOT c.report_pending AND NOT EXISTS (
         SELECT FROM assay.merge_request_links l
          WHERE l.project_id = $1 AND l.candidate_iid = c.iid AND l.merge_request_iid = $3)
       ORDER BY c.iid DESC LIMIT 1000)`,
);

/** Which candidate belongs to which merge request, and which candidates wait to be asked about. */
@Injectable()
export class LinksRepository {
  constructor(private readonly database: Database) {}

  /** Candidates whose latest state no report has taken in, oldest first. */
  async pending(project: ProjectId, limit: number): Promise<LinkableCandidate[]> {
    const rows = await this.database.query<{
      iid: number;
      experimentName: string;
      commit: string | null;
      branch: string | null;
      claimed: number | null;
    }>(pending, [project, limit]);
    return rows.map(({ iid, experimentName, commit, branch, claimed }) => ({
      iid: asCandidateIid(iid),
      experimentName,
      ...(commit === null ? {} : { commit }),
      ...(branch === null ? {} : { branch }),
      ...(claimed === null ? {} : { claimedMergeRequest: claimed }),
    }));
  }

  /** Which of these projects have pending candidates. */
  async pendingOf(projects: readonly ProjectId[]): Promise<ProjectId[]> {
    return (await this.database.query<{ id: number }>(pendingOf, [projects])).map(({ id }) => asProjectId(id));
  }

  /** Whether any candidate is linked to the merge request. */
  async any(project: ProjectId, mergeRequest: number): Promise<boolean> {
    return (await this.database.query(any, [project, mergeRequest])).length > 0;
  }

  /**
   * Clears the mark of those that still say what they said when they were read; the others stay pending.
   * @returns those that were cleared
   */
  async settle(
    transaction: Queryable,
    project: ProjectId,
    seen: readonly LinkableCandidate[],
  ): Promise<Set<CandidateIid>> {
    const rows = await transaction.query<{ iid: number }>(settle, [
      project,
      seen.map(({ iid }) => iid),
      seen.map(({ commit }) => commit ?? null),
      seen.map(({ branch }) => branch ?? null),
      seen.map(({ claimedMergeRequest }) => claimedMergeRequest ?? null),
    ]);
    return new Set(rows.map(({ iid }) => asCandidateIid(iid)));
  }

  /**
   * Makes these the links of the candidates, and lets go of those that nothing speaks for any more.
   * @returns the merge requests that lost one
   */
  async replace(
    transaction: Queryable,
    project: ProjectId,
    candidates: readonly CandidateIid[],
    links: readonly MergeRequestLink[],
  ): Promise<number[]> {
    await transaction.query(upsert, [
      project,
      links.map(({ mergeRequest }) => mergeRequest),
      links.map(({ candidate }) => candidate),
      links.map(({ hint }) => hint.source),
      links.map(({ hint }) => hint.value),
      links.map(({ proven }) => proven),
      links.map(({ head }) => head),
      links.map(({ headKnown }) => headKnown),
    ]);
    const kept = links.map(({ mergeRequest, candidate }) => `${String(mergeRequest)} ${String(candidate)}`);
    const rows = await transaction.query<{ iid: number }>(drop, [project, candidates, kept]);
    return rows.map(({ iid }) => iid);
  }

  /** The merge requests whose report these candidates can change: those they are linked to, and those they may be a baseline of. */
  async touchedBy(transaction: Queryable, project: ProjectId, candidates: readonly CandidateIid[]): Promise<number[]> {
    return (await transaction.query<{ iid: number }>(touchedBy, [project, candidates])).map(({ iid }) => iid);
  }

  /** Has the candidates of a commit asked about again. */
  async markCommit(project: ProjectId, sha: string): Promise<void> {
    await this.database.query(markCommit, [project, sha]);
  }

  /** Has the newest candidates of a branch asked about again, those aside that are linked to the merge request. */
  async markBranch(project: ProjectId, branch: string, mergeRequest: number): Promise<void> {
    await this.database.query(markBranch, [project, branch, mergeRequest]);
  }
}
