import { randomBytes } from 'node:crypto';
import { invalid, notFound, type ProjectId } from '../../common';
import { statement, type Queryable } from '../../database';
import { checkBranch, checkSha } from './names';

/** A branch and its newest commit. */
export interface LocalBranch {
  readonly name: string;
  readonly sha: string;
}

const insert = statement(
  'local.commit.insert',
  'INSERT INTO assay_forge.commits (project_id, sha) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING sha',
);
const insertParent = statement(
  'local.commit.insert-parent',
  'INSERT INTO assay_forge.commit_parents (project_id, sha, parent_sha) VALUES ($1, $2, $3)',
);
const exists = statement(
  'local.commit.exists',
  'SELECT sha FROM assay_forge.commits WHERE project_id = $1 AND sha = $2',
);
const head = statement(
  'local.branch.head',
  'SELECT head_sha AS sha FROM assay_forge.branches WHERE project_id = $1 AND name = $2',
);
const setHead = statement(
  'local.branch.set',
  `INSERT INTO assay_forge.branches (project_id, name, head_sha) VALUES ($1, $2, $3)
   ON CONFLICT (project_id, name) DO UPDATE SET head_sha = excluded.head_sha`,
);
const history = statement(
  'local.commit.history',
  `WITH RECURSIVE history AS (
     SELECT $2::text AS sha
     UNION
     SELECT parent_sha FROM history JOIN assay_forge.commit_parents parents
       ON parents.project_id = $1 AND parents.sha = history.sha
   )
   SELECT sha FROM history JOIN assay_forge.commits USING (sha) WHERE project_id = $1 ORDER BY number DESC LIMIT $3`,
);
const mergeBase = statement(
  'local.commit.merge-base',
  `WITH RECURSIVE ours AS (
     SELECT $2::text AS sha
     UNION
     SELECT parent_sha FROM ours JOIN assay_forge.commit_parents parents
       ON parents.project_id = $1 AND parents.sha = ours.sha
   ), theirs AS (
     SELECT $3::text AS sha
     UNION
     SELECT parent_sha FROM theirs JOIN assay_forge.commit_parents parents
       ON parents.project_id = $1 AND parents.sha = theirs.sha
   )
   SELECT sha FROM ours JOIN theirs USING (sha) JOIN assay_forge.commits USING (sha)
    WHERE project_id = $1 ORDER BY number DESC LIMIT 1`,
);

/** Commits without content: enough to know what is on which branch. */
export class LocalCommits {
  constructor(private readonly db: Queryable) {}

  /** The branch's newest commit; undefined for an unknown branch. */
  async head(project: ProjectId, branch: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ sha: string }>(head, [project, branch]);
    return row?.sha;
  }

  /** @throws AssayError `not-found` */
  async headOf(project: ProjectId, branch: string): Promise<string> {
    const sha = await this.head(project, branch);
    if (sha === undefined) throw notFound(`There is no branch ${branch} in this project.`);
    return sha;
  }

  async setHead(project: ProjectId, branch: string, sha: string): Promise<void> {
    await this.db.query(setHead, [project, checkBranch(branch), sha]);
  }

  async exists(project: ProjectId, sha: string): Promise<boolean> {
    return (await this.db.query(exists, [project, sha])).length > 0;
  }

  /** A commit that is there already is left as it is. @returns its sha, a random one unless given */
  async add(project: ProjectId, parents: readonly string[], sha = randomBytes(20).toString('hex')): Promise<string> {
    for (const parent of parents) {
      if (!(await this.exists(project, checkSha(parent, 'parent')))) {
        throw invalid(`parent ${parent} is no commit of this project; push it first`, 'parent');
      }
    }
    const added = await this.db.query(insert, [project, checkSha(sha)]);
    if (added.length === 0) return sha;
    for (const parent of parents) await this.db.query(insertParent, [project, sha, parent]);
    return sha;
  }

  /** The commit and its ancestors, newest first. */
  async history(project: ProjectId, sha: string, limit: number): Promise<string[]> {
    return (await this.db.query<{ sha: string }>(history, [project, sha, limit])).map((row) => row.sha);
  }

  /** The newest commit that both have. */
  async mergeBase(project: ProjectId, one: string, other: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ sha: string }>(mergeBase, [project, one, other]);
    return row?.sha;
  }
}
