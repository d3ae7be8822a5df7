import { AssayError } from '../../common';
import type { Database, Queryable } from '../../database';
import type { CommitStatus, ForgeEvent, ProjectRef } from '../forge';
import { LocalChanges } from './changes';
import { LocalCommits, type LocalBranch } from './commits';
import { LocalDiscussions, type LocalComment } from './discussions';
import type { ForgeListener } from './events';
import { LocalMergeRequests, type LocalMergeRequest } from './merge-requests';
import { checkBranch, checkText } from './names';
import { LocalPeople } from './people';
import { LocalProjects, type LocalProject } from './projects';

async function moveBranch(
  transaction: Queryable,
  tell: (event: ForgeEvent) => void,
  { id }: LocalProject,
  { name, sha }: LocalBranch,
): Promise<LocalBranch> {
  await new LocalCommits(transaction).setHead(id, name, sha);
  tell({ kind: 'push', project: id, branch: name, sha });
  for (const iid of await new LocalMergeRequests(transaction).moveSource(id, name, sha)) {
    tell({ kind: 'merge-request', project: id, iid });
  }
  return { name, sha };
}

/** What happens inside the local forge's projects: pushes, merge requests and their comments. */
export class LocalActivity {
  protected readonly changes: LocalChanges;

  constructor(protected readonly database: Database) {
    this.changes = new LocalChanges(database);
  }

  /** Hears of the changes made through this object alone; for those of all processes see `LocalForge.listen`. @returns what ends it */
  onEvent(listener: ForgeListener): () => void {
    return this.changes.onEvent(listener);
  }

  /**
   * Moves the branch to this commit (a new random one unless told), whose parent is the branch's head unless told; a new branch
   * begins at the default branch. Open merge requests from it follow.
   */
  pushCommit(
    ref: ProjectRef,
    branch: string,
    { sha, parent }: { sha?: string; parent?: string } = {},
  ): Promise<LocalBranch> {
    return this.changes.run(async (transaction, tell) => {
      const project = await new LocalProjects(transaction).get(ref);
      const commits = new LocalCommits(transaction);
      const from = parent ?? (await commits.head(project.id, checkBranch(branch)));
      const pushed = await commits.add(
        project.id,
        [from ?? (await commits.headOf(project.id, project.defaultBranch))],
        sha,
      );
      return moveBranch(transaction, tell, project, { name: branch, sha: pushed });
    });
  }

  /** From the default branch unless told. @throws AssayError `already-exists` */
  createBranch(ref: ProjectRef, branch: string, from?: string): Promise<LocalBranch> {
    return this.changes.run(async (transaction, tell) => {
      const project = await new LocalProjects(transaction).get(ref);
      const commits = new LocalCommits(transaction);
      if ((await commits.head(project.id, checkBranch(branch))) !== undefined) {
        throw new AssayError('already-exists', `A branch ${branch} exists already in ${project.path}.`, {
          field: 'branch',
        });
      }
      const sha = await commits.headOf(project.id, from ?? project.defaultBranch);
      return moveBranch(transaction, tell, project, { name: branch, sha });
    });
  }

  /** Into the default branch and by `root` unless told. */
  createMergeRequest(
    ref: ProjectRef,
    { title, source, target, author }: { title: string; source: string; target?: string; author?: string },
  ): Promise<LocalMergeRequest> {
    return this.changes.run(async (transaction, tell) => {
      const project = await new LocalProjects(transaction).get(ref);
      const people = new LocalPeople(transaction);
      const requests = new LocalMergeRequests(transaction);
      const iid = await requests.create(project.id, {
        title,
        source,
        target: target ?? project.defaultBranch,
        author: author === undefined ? await people.root() : await people.get(author),
      });
      tell({ kind: 'merge-request', project: project.id, iid });
      return requests.get(project.id, iid);
    });
  }

  async mergeRequests(ref: ProjectRef): Promise<LocalMergeRequest[]> {
    const { id } = await this.find(ref);
    return new LocalMergeRequests(this.database).all(id);
  }

  /** @throws AssayError `conflict` when it is not open */
  closeMergeRequest(ref: ProjectRef, iid: number): Promise<void> {
    return this.changes.run(async (transaction, tell) => {
      const { id } = await new LocalProjects(transaction).get(ref);
      await new LocalMergeRequests(transaction).finish(id, iid, 'closed');
      tell({ kind: 'merge-request', project: id, iid });
    });
  }

  /** With a merge commit on the target branch. @throws AssayError `conflict` when it is not open */
  mergeMergeRequest(ref: ProjectRef, iid: number): Promise<LocalBranch> {
    return this.changes.run(async (transaction, tell) => {
      const project = await new LocalProjects(transaction).get(ref);
      const requests = new LocalMergeRequests(transaction);
      const { source, target } = await requests.get(project.id, iid);
      await requests.finish(project.id, iid, 'merged');
      const sha = await new LocalCommits(transaction).add(project.id, [target.sha, source.sha]);
      tell({ kind: 'merge-request', project: project.id, iid });
      return moveBranch(transaction, tell, project, { name: target.branch, sha });
    });
  }

  async comments(ref: ProjectRef, iid: number): Promise<LocalComment[]> {
    const { id } = await this.find(ref);
    return new LocalDiscussions(this.database).all(id, iid);
  }

  /** What a person writes. @returns its id */
  async addComment(ref: ProjectRef, iid: number, author: string, body: string): Promise<string> {
    const { id } = await this.find(ref);
    const { id: authorId } = await new LocalPeople(this.database).get(author);
    await new LocalMergeRequests(this.database).get(id, iid);
    return new LocalDiscussions(this.database).add(id, iid, checkText(body, 'body', 65_536), authorId);
  }

  /** Anybody's, the server's too; gone already is no error. */
  async deleteComment(ref: ProjectRef, iid: number, commentId: string): Promise<void> {
    const { id } = await this.find(ref);
    await new LocalDiscussions(this.database).remove(id, iid, commentId);
  }

  async statuses(ref: ProjectRef, sha: string): Promise<CommitStatus[]> {
    const { id } = await this.find(ref);
    return new LocalDiscussions(this.database).statuses(id, sha);
  }

  protected find(ref: ProjectRef): Promise<LocalProject> {
    return new LocalProjects(this.database).get(ref);
  }
}
