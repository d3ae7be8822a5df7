import { Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import { Database, statement, type Queryable } from '../../database';
import type { MergeRequest } from '../../forge';
import type { Headline, ReportedMergeRequest, Verdict } from '../report/report';

/** What the forge was last told of a merge request. */
export interface Published {
  readonly commentId?: string;
  readonly commentHash?: string;
  readonly commentHeadline?: string;
  readonly commentState?: MergeRequest['state'];
  /** The last status: its sha, state and description in one text, to compare. */
  readonly status?: string;
}

/** A comment as it was sent last. */
export interface SentComment {
  readonly id?: string;
  readonly hash?: string;
  readonly headline: string;
  /** Of the merge request. */
  readonly state: MergeRequest['state'];
}

/** A merge request as we know it without asking the forge. */
export interface KnownMergeRequest {
  readonly mergeRequest: ReportedMergeRequest;
  /** Of the target branch, newest first. */
  readonly targetCommits: readonly string[];
  readonly published: Published;
}

interface Row {
  readonly iid: number;
  readonly title: string;
  readonly state: MergeRequest['state'];
  readonly webUrl: string;
  readonly author: string;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly head: string;
  readonly targetCommits: string[];
  readonly commentId: string | null;
  readonly commentHash: string | null;
  readonly commentHeadline: string | null;
  readonly commentState: MergeRequest['state'] | null;
  readonly status: string | null;
}

const save = statement(
  'merge-requests.save',
  `INSERT INTO assay.merge_requests
     (project_id, iid, title, state, web_url, author, source_branch, target_branch, head_sha, target_commits)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10::text[], '{}'))
   ON CONFLICT (project_id, iid) DO UPDATE
     SET title = excluded.title, state = excluded.state, web_url = excluded.web_url, author = excluded.author,
         source_branch = excluded.source_branch, target_branch = excluded.target_branch, head_sha = excluded.head_sha,
         target_commits = CASE WHEN $10::text[] IS NULL THEN merge_requests.target_commits ELSE excluded.target_commits END,
         updated_at = now()`,
);
const get = statement(
  'merge-requests.get',
  `SELECT iid, title, state, web_url AS "webUrl", author, source_branch AS "sourceBranch",
          target_branch AS "targetBranch", head_sha AS head, target_commits AS "targetCommits",
          comment_id AS "commentId", comment_hash AS "commentHash", comment_headline AS "commentHeadline",
          comment_state AS "commentState",
          status_sha || ' ' || status_state || ' ' || status_description AS status
     FROM assay.merge_requests WHERE project_id = $1 AND iid = $2`,
);
const saveStatus = statement(
  'merge-requests.status',
  `UPDATE assay.merge_requests
      SET status_sha = $3, status_state = $4, status_description = $5, reported_at = now(), updated_at = now()
    WHERE project_id = $1 AND iid = $2`,
);
const saveComment = statement(
  'merge-requests.comment',
  `UPDATE assay.merge_requests
      SET comment_id = $3, comment_hash = $4, comment_headline = $5, comment_state = $6, reported_at = now(), updated_at = now()
    WHERE project_id = $1 AND iid = $2`,
);
const saveVerdict = statement(
  'merge-requests.verdict',
  `INSERT INTO assay.merge_request_verdicts (project_id, merge_request_iid, head_sha, state, headline)
   VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (project_id, merge_request_iid, head_sha) DO UPDATE
     SET state = excluded.state, headline = excluded.headline, decided_at = now()
   WHERE (merge_request_verdicts.state, merge_request_verdicts.headline) IS DISTINCT FROM (excluded.state, excluded.headline)`,
);
const verdicts = statement(
  'merge-requests.verdicts',
  `SELECT head_sha AS head, state, headline, decided_at AS "decidedAt" FROM assay.merge_request_verdicts
    WHERE project_id = $1 AND merge_request_iid = $2 ORDER BY decided_at DESC LIMIT 20`,
);
const bySource = statement(
  'merge-requests.by-source',
  `SELECT iid FROM assay.merge_requests WHERE project_id = $1 AND source_branch = $2 AND state = 'open' ORDER BY iid`,
);

const openWithCandidates = statement(
  'merge-requests.open-with-candidates',
  `SELECT iid FROM assay.merge_requests m WHERE project_id = $1 AND state = 'open' AND EXISTS (
     SELECT FROM assay.merge_request_links l WHERE l.project_id = $1 AND l.merge_request_iid = m.iid) ORDER BY iid`,
);

/** What we know of merge requests, and what we told the forge about them. */
@Injectable()
export class MergeRequestsRepository {
  constructor(private readonly database: Database) {}

  /** Without commits of the target branch, those known stay. */
  async save(
    project: ProjectId,
    mergeRequest: MergeRequest,
    targetCommits?: readonly string[],
    transaction: Queryable = this.database,
  ): Promise<void> {
    const { iid, title, state, webUrl, author, source, target } = mergeRequest;
    const values = [project, iid, title, state, webUrl, author, source.branch, target.branch, source.sha];
    await transaction.query(save, [...values, targetCommits ?? null]);
  }

  async get(project: ProjectId, iid: number): Promise<KnownMergeRequest | undefined> {
    const [row] = await this.database.query<Row>(get, [project, iid]);
    if (row === undefined) return undefined;
    const { targetCommits, commentId, commentHash, commentHeadline, commentState, status, ...mergeRequest } = row;
    return {
      mergeRequest,
      targetCommits,
      published: {
        ...(commentId === null ? {} : { commentId }),
        ...(commentHash === null ? {} : { commentHash }),
        ...(commentHeadline === null ? {} : { commentHeadline }),
        ...(commentState === null ? {} : { commentState }),
        ...(status === null ? {} : { status }),
      },
    };
  }

  async saveStatus(
    project: ProjectId,
    iid: number,
    status: { readonly sha: string; readonly state: string; readonly description: string },
  ): Promise<void> {
    await this.database.query(saveStatus, [project, iid, status.sha, status.state, status.description]);
  }

  /** Without an id: somebody deleted it. */
  async saveComment(project: ProjectId, iid: number, comment: SentComment): Promise<void> {
    const { id, hash, headline: text, state } = comment;
    await this.database.query(saveComment, [project, iid, id ?? null, hash ?? null, text, state]);
  }

  /** The time moves only when the verdict does. */
  async saveVerdict(
    project: ProjectId,
    iid: number,
    verdict: { readonly head: string; readonly state: Headline['state']; readonly headline: string },
  ): Promise<void> {
    await this.database.query(saveVerdict, [project, iid, verdict.head, verdict.state, verdict.headline]);
  }

  /** Newest first. */
  verdicts(project: ProjectId, iid: number): Promise<Verdict[]> {
    return this.database.query<{ [Key in keyof Verdict]: Verdict[Key] }>(verdicts, [project, iid]);
  }

  /** The open merge requests that have a report. */
  async openWithCandidates(project: ProjectId): Promise<number[]> {
    return (await this.database.query<{ iid: number }>(openWithCandidates, [project])).map(({ iid }) => iid);
  }

  /** The open merge requests from a branch that we know. */
  async openFrom(project: ProjectId, branch: string): Promise<number[]> {
    return (await this.database.query<{ iid: number }>(bySource, [project, branch])).map(({ iid }) => iid);
  }
}
