import { AssayError, invalid, notFound, type ProjectId } from '../../common';
import { constraintViolation, statement, type Queryable } from '../../database';
import type { MergeRequest } from '../forge';
import { LocalCommits } from './commits';
import { checkText } from './names';
import type { LocalUser } from './people';

/** A merge request of the local forge, without its address. */
export type LocalMergeRequest = Omit<MergeRequest, 'webUrl'>;

/** What a merge request is made of. */
export interface NewMergeRequest {
  readonly title: string;
  readonly source: string;
  readonly target: string;
  readonly author: LocalUser;
}

interface MergeRequestRow {
  readonly iid: number;
  readonly title: string;
  readonly state: MergeRequest['state'];
  readonly author: string;
  readonly source_branch: string;
  readonly source_sha: string;
  readonly target_branch: string;
  readonly target_sha: string;
  readonly merge_base_sha: string | null;
}

const select = `
  SELECT iid, title, state, username AS author, source_branch, source_sha, target_branch,
         branches.head_sha AS target_sha, merge_base_sha
    FROM assay_forge.merge_requests requests
    JOIN assay_forge.users ON user_id = author_id
    JOIN assay_forge.branches ON branches.project_id = requests.project_id AND branches.name = target_branch
   WHERE requests.project_id = $1`;
const byIid = statement('local.merge-request.by-iid', `${select} AND iid = $2`);
const all = statement('local.merge-requests', `${select} ORDER BY iid DESC`);
const ofBranch = statement(
  'local.merge-requests.of-branch',
  `${select} AND state = 'open' AND source_branch = $2 ORDER BY iid`,
);
const ofCommit = statement(
  'local.merge-requests.of-commit',
  `WITH RECURSIVE descendants AS (
     SELECT $2::text AS sha
     UNION
     SELECT parents.sha FROM descendants JOIN assay_forge.commit_parents parents
       ON parents.project_id = $1 AND parents.parent_sha = descendants.sha
   )
   ${select} AND state = 'open' AND source_sha IN (SELECT sha FROM descendants)
     AND (source_sha = $2 OR branches.head_sha NOT IN (SELECT sha FROM descendants)) ORDER BY iid`,
);
const nextIid = statement(
  'local.merge-request.next-iid',
  `UPDATE assay_forge.projects SET last_merge_request = last_merge_request + 1 WHERE project_id = $1
   RETURNING last_merge_request AS iid`,
);
const insert = statement(
  'local.merge-request.insert',
  `INSERT INTO assay_forge.merge_requests (project_id, iid, title, author_id, source_branch, source_sha, target_branch)
   VALUES ($1, $2, $3, $4, $5, $6, $7)`,
);
const moveSource = statement(
  'local.merge-request.move',
  `UPDATE assay_forge.merge_requests SET source_sha = $3
    WHERE project_id = $1 AND source_branch = $2 AND state = 'open' RETURNING iid`,
);
const finish = statement(
  'local.merge-request.finish',
  `UPDATE assay_forge.merge_requests SET state = $3, merge_base_sha = $4
    WHERE project_id = $1 AND iid = $2 AND state = 'open' RETURNING iid`,
);

/** Merge requests between two branches of one project; there are no forks here. */
export class LocalMergeRequests {
  private readonly commits: LocalCommits;

  constructor(private readonly db: Queryable) {
    this.commits = new LocalCommits(db);
  }

  async find(project: ProjectId, iid: number): Promise<LocalMergeRequest | undefined> {
    const [row] = await this.db.query<MergeRequestRow>(byIid, [project, iid]);
    return row === undefined ? undefined : this.present(project, row);
  }

  /** @throws AssayError `not-found` */
  async get(project: ProjectId, iid: number): Promise<LocalMergeRequest> {
    const found = await this.find(project, iid);
    if (found === undefined) throw notFound(`There is no merge request !${iid} in this project.`);
    return found;
  }

  async all(project: ProjectId): Promise<LocalMergeRequest[]> {
    return this.presentAll(project, await this.db.query<MergeRequestRow>(all, [project]));
  }

  /** Open ones from this branch. */
  async ofBranch(project: ProjectId, branch: string): Promise<LocalMergeRequest[]> {
    return this.presentAll(project, await this.db.query<MergeRequestRow>(ofBranch, [project, branch]));
  }

  /** Open ones whose source has this commit and whose target has not, and those whose head it is. */
  async ofCommit(project: ProjectId, sha: string): Promise<LocalMergeRequest[]> {
    return this.presentAll(project, await this.db.query<MergeRequestRow>(ofCommit, [project, sha]));
  }

  /** @throws AssayError `already-exists` when one from this source to this target is open */
  async create(project: ProjectId, { title, source, target, author }: NewMergeRequest): Promise<number> {
    if (source === target) throw invalid('source and target must be two branches', 'source');
    const sha = await this.commits.headOf(project, source);
    await this.commits.headOf(project, target);
    const [row] = await this.db.query<{ iid: number }>(nextIid, [project]);
    const iid = (row as { iid: number }).iid;
    const values = [project, iid, checkText(title, 'title', 255), author.id, source, sha, target];
    try {
      await this.db.query(insert, values);
    } catch (error) {
      if (constraintViolation(error)?.state !== '23505') throw error;
      throw new AssayError('already-exists', `A merge request from ${source} to ${target} is open already.`);
    }
    return iid;
  }

  /** After a push to the branch. @returns the merge requests that moved */
  async moveSource(project: ProjectId, branch: string, sha: string): Promise<number[]> {
    return (await this.db.query<{ iid: number }>(moveSource, [project, branch, sha])).map(({ iid }) => iid);
  }

  /** @throws AssayError `conflict` when it is not open */
  async finish(project: ProjectId, iid: number, state: 'closed' | 'merged'): Promise<void> {
    const { mergeBase } = await this.get(project, iid);
    const rows = await this.db.query(finish, [project, iid, state, mergeBase]);
    if (rows.length === 0) throw new AssayError('conflict', `Merge request !${iid} is not open.`);
  }

  private presentAll(project: ProjectId, rows: readonly MergeRequestRow[]): Promise<LocalMergeRequest[]> {
    return Promise.all(rows.map((row) => this.present(project, row)));
  }

  private async present(project: ProjectId, row: MergeRequestRow): Promise<LocalMergeRequest> {
    const mergeBase = row.merge_base_sha ?? (await this.commits.mergeBase(project, row.source_sha, row.target_sha));
    return {
      iid: row.iid,
      title: row.title,
      state: row.state,
      author: row.author,
      source: { branch: row.source_branch, sha: row.source_sha, sameProject: true },
      target: { branch: row.target_branch, sha: row.target_sha },
      ...(mergeBase === undefined ? {} : { mergeBase }),
    };
  }
}
