import {
  AssayError,
  asProjectId,
  type CommitStatus,
  type Credential,
  type Forge,
  type ForgeEvent,
  type ForgeProject,
  type MergeRequest,
  type ProjectAccess,
  type ProjectRef,
  type Role,
} from '../../../../src';
import type { Review, Studio, StudioProject, StudioRole } from './studio';

const roles: Readonly<Record<StudioRole, Role>> = { viewer: 'read', editor: 'write', owner: 'maintain' };
const mainCommit = 'c0ffee0000000000000000000000000000000000';

/** Tells Assay, in its words, what the studio knows of people, projects and reviews. */
export class StudioForge implements Forge {
  readonly name = 'studio';
  readonly limits = { comment: 60_000, statusDescription: 255 };

  constructor(
    private readonly studio: Studio,
    private readonly publicUrl: string,
  ) {}

  async access(wanted: ProjectRef, credential: Credential | undefined): Promise<ProjectAccess | undefined> {
    const user = credential && this.studio.user(credential.secret);
    if (credential !== undefined && user === undefined) {
      throw new AssayError('unauthenticated', 'The studio does not know this key.');
    }
    const project = this.studio.project(wanted);
    if (project === undefined) return undefined;
    const member = user === undefined ? undefined : project.members[user];
    const role = member === undefined ? undefined : roles[member];
    if (role === undefined && !project.isPublic) return undefined;
    const who = user === undefined ? {} : { user: { id: user, username: user } };
    return Promise.resolve({ project: this.describe(project), role: role ?? 'read', ...who });
  }

  scopesAllowWriting(): Promise<boolean> {
    return Promise.resolve(true);
  }

  project(wanted: ProjectRef): Promise<ForgeProject | undefined> {
    const project = this.studio.project(wanted);
    return Promise.resolve(project && this.describe(project));
  }

  mergeRequest(project: ForgeProject, iid: number): Promise<MergeRequest | undefined> {
    const review = this.studio.review(project.id, iid);
    return Promise.resolve(review && this.describeReview(review));
  }

  mergeRequestsOfCommit(project: ForgeProject, sha: string): Promise<MergeRequest[]> {
    return Promise.resolve(this.reviews(project, ({ commit }) => commit === sha));
  }

  mergeRequestsOfBranch(project: ForgeProject, branch: string): Promise<MergeRequest[]> {
    return Promise.resolve(this.reviews(project, (review) => review.branch === branch));
  }

  commits(project: ForgeProject, branchOrSha: string): Promise<string[]> {
    const review = this.reviews(project, ({ branch, commit }) => [branch, commit].includes(branchOrSha))[0];
    if (review !== undefined) return Promise.resolve([review.source.sha, mainCommit]);
    return Promise.resolve([project.defaultBranch, mainCommit].includes(branchOrSha) ? [mainCommit] : []);
  }

  createComment(project: ForgeProject, mergeRequest: number, body: string): Promise<string> {
    const notes = this.studio.review(project.id, mergeRequest)?.notes ?? new Map<string, string>();
    const id = String(notes.size + 1);
    notes.set(id, body);
    return Promise.resolve(id);
  }

  updateComment(project: ForgeProject, mergeRequest: number, commentId: string, body: string): Promise<boolean> {
    const notes = this.studio.review(project.id, mergeRequest)?.notes;
    if (notes?.has(commentId) !== true) return Promise.resolve(false);
    notes.set(commentId, body);
    return Promise.resolve(true);
  }

  findComment(project: ForgeProject, mergeRequest: number, marker: string): Promise<string | undefined> {
    const notes = this.studio.review(project.id, mergeRequest)?.notes ?? [];
    return Promise.resolve([...notes].find(([, body]) => body.includes(marker))?.[0]);
  }

  setStatus(
    project: ForgeProject,
    sha: string,
    { context, state, description, targetUrl }: CommitStatus,
  ): Promise<void> {
    for (const review of this.studio.reviewsOf(project.id).filter(({ commit }) => commit === sha)) {
      review.checks.set(context, { state, text: description, link: targetUrl });
    }
    return Promise.resolve();
  }

  /** The studio sends no webhooks: it is in the same process, and Assay looks at its reviews when it reports. */
  registerWebhook(): Promise<string> {
    return Promise.resolve('none');
  }

  removeWebhook(): Promise<void> {
    return Promise.resolve();
  }

  webhookProject(): undefined {
    return undefined;
  }

  readWebhook(): ForgeEvent | undefined {
    return undefined;
  }

  check(): Promise<string> {
    return Promise.resolve('The studio is in this process.');
  }

  private reviews({ id }: ForgeProject, matches: (review: Review) => boolean): MergeRequest[] {
    return this.studio
      .reviewsOf(id)
      .filter(matches)
      .map((review) => this.describeReview(review));
  }

  private describe({ id, team, name, isPublic }: StudioProject): ForgeProject {
    return {
      id: asProjectId(id),
      path: `${team}/${name}`,
      defaultBranch: 'main',
      visibility: isPublic ? 'public' : 'private',
      archived: false,
      webUrl: `${this.publicUrl}/studio/projects/${String(id)}`,
    };
  }

  private describeReview({ number, project, title, author, branch, commit }: Review): MergeRequest {
    return {
      iid: number,
      title,
      author,
      state: 'open',
      webUrl: `${this.publicUrl}/studio/projects/${String(project)}/reviews/${String(number)}`,
      source: { branch, sha: commit, sameProject: true },
      target: { branch: 'main', sha: mainCommit },
      mergeBase: mainCommit,
    };
  }
}
