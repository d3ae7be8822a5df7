import { parseIid, type ProjectId } from '../../common';
import { statement, type Queryable } from '../../database';
import type { CommitStatus } from '../forge';

/** A comment on a merge request. */
export interface LocalComment {
  readonly id: string;
  /** Null: the tracking server itself. */
  readonly author: string | null;
  readonly body: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const insert = statement(
  'local.comment.insert',
  `INSERT INTO assay_forge.comments (project_id, merge_request, author_id, body)
   VALUES ($1, $2, $3, $4) RETURNING comment_id::text AS id`,
);
const update = statement(
  'local.comment.update',
  `UPDATE assay_forge.comments SET body = $4, updated_at = now()
    WHERE project_id = $1 AND merge_request = $2 AND comment_id = $3 AND author_id IS NULL RETURNING comment_id`,
);
const findOwn = statement(
  'local.comment.find-own',
  `SELECT comment_id::text AS id FROM assay_forge.comments
    WHERE project_id = $1 AND merge_request = $2 AND author_id IS NULL AND position($3 IN body) > 0
    ORDER BY comment_id LIMIT 1`,
);
const remove = statement(
  'local.comment.delete',
  'DELETE FROM assay_forge.comments WHERE project_id = $1 AND merge_request = $2 AND comment_id = $3',
);
const all = statement(
  'local.comments',
  `SELECT comment_id::text AS id, username AS author, body, comments.created_at AS "createdAt", updated_at AS "updatedAt"
     FROM assay_forge.comments LEFT JOIN assay_forge.users ON user_id = author_id
    WHERE project_id = $1 AND merge_request = $2 ORDER BY comment_id`,
);
const setStatus = statement(
  'local.status.set',
  `INSERT INTO assay_forge.statuses (project_id, sha, context, state, description, target_url)
   VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (project_id, sha, context) DO UPDATE
     SET state = excluded.state, description = excluded.description, target_url = excluded.target_url, updated_at = now()`,
);
const statuses = statement(
  'local.statuses',
  `SELECT state, context, description, target_url AS "targetUrl" FROM assay_forge.statuses
    WHERE project_id = $1 AND sha = $2 ORDER BY context`,
);

/** Comments on merge requests and statuses of commits. */
export class LocalDiscussions {
  constructor(private readonly db: Queryable) {}

  /** Without an author it is the server's own. @returns its id */
  async add(project: ProjectId, mergeRequest: number, body: string, authorId?: number): Promise<string> {
    const [row] = await this.db.query<{ id: string }>(insert, [project, mergeRequest, authorId, body]);
    return (row as { id: string }).id;
  }

  /** Changes one of the server's own. @returns false when it is not there */
  async update(project: ProjectId, mergeRequest: number, id: string, body: string): Promise<boolean> {
    const number = parseIid(id);
    if (number === undefined) return false;
    return (await this.db.query(update, [project, mergeRequest, number, body])).length > 0;
  }

  /** The server's first own comment with this text in it. */
  async findOwn(project: ProjectId, mergeRequest: number, text: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ id: string }>(findOwn, [project, mergeRequest, text]);
    return row?.id;
  }

  /** Gone already is no error. */
  async remove(project: ProjectId, mergeRequest: number, id: string): Promise<void> {
    await this.db.query(remove, [project, mergeRequest, parseIid(id)]);
  }

  async all(project: ProjectId, mergeRequest: number): Promise<LocalComment[]> {
    return this.db.query<LocalComment>(all, [project, mergeRequest]);
  }

  async setStatus(project: ProjectId, sha: string, status: CommitStatus): Promise<void> {
    const { context, state, description, targetUrl } = status;
    await this.db.query(setStatus, [project, sha, context, state, description, targetUrl]);
  }

  async statuses(project: ProjectId, sha: string): Promise<CommitStatus[]> {
    return this.db.query<CommitStatus>(statuses, [project, sha]);
  }
}
