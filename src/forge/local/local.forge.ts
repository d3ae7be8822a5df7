import { AssayError, notFound, type Addresses, type ProjectId } from '../../common';
import { statement, type Database } from '../../database';
import type {
  CommitStatus,
  Credential,
  Forge,
  ForgeEvent,
  ForgeProject,
  MergeRequest,
  ProjectAccess,
  ProjectRef,
  Role,
  WebhookRequest,
} from '../forge';
import { LocalCommits } from './commits';
import { LocalDiscussions } from './discussions';
import { EventEar, type ForgeListener } from './events';
import { LocalMergeRequests, type LocalMergeRequest } from './merge-requests';
import { isSha } from './names';
import { LocalPeople } from './people';
import { LocalProjects, type LocalProject } from './projects';
import { LocalTokens, type TokenOwner } from './tokens';

const count = statement(
  'local.check',
  `SELECT (SELECT count(*) FROM assay_forge.projects) AS projects,
          (SELECT count(*) FROM assay_forge.users WHERE NOT bot) AS users`,
);

/**
 * A forge kept in our own database, for those who have none yet. Its pages are ours. It sends no webhooks: a change is heard
 * through {@link LocalForge.listen}.
 */
export class LocalForge implements Forge {
  readonly name = 'local';
  readonly limits = { comment: 65_536, statusDescription: 255 };
  private readonly projects: LocalProjects;
  private readonly people: LocalPeople;
  private readonly tokens: LocalTokens;
  private readonly history: LocalCommits;
  private readonly mergeRequests: LocalMergeRequests;
  private readonly discussions: LocalDiscussions;

  constructor(
    private readonly database: Database,
    private readonly addresses: Addresses,
  ) {
    this.projects = new LocalProjects(database);
    this.people = new LocalPeople(database);
    this.tokens = new LocalTokens(database);
    this.history = new LocalCommits(database);
    this.mergeRequests = new LocalMergeRequests(database);
    this.discussions = new LocalDiscussions(database);
  }

  async access(ref: ProjectRef, credential: Credential | undefined): Promise<ProjectAccess | undefined> {
    const owner = credential === undefined ? undefined : await this.owner(credential);
    const found = await this.projects.find(ref);
    if (found === undefined) return undefined;
    const role = await this.roleIn(found, owner);
    if (role === undefined) return undefined;
    const access = { project: this.present(found), role: found.archived ? ('read' as const) : role };
    return owner === undefined ? access : { ...access, user: { id: String(owner.userId), username: owner.username } };
  }

  async scopesAllowWriting(project: ForgeProject, credential: Credential): Promise<boolean> {
    const owner = await this.owner(credential);
    const elsewhere = owner.project !== undefined && owner.project !== project.id;
    return owner.scopes.includes('write') && !elsewhere && !project.archived;
  }

  async project(ref: ProjectRef): Promise<ForgeProject | undefined> {
    const found = await this.projects.find(ref);
    return found === undefined ? undefined : this.present(found);
  }

  async mergeRequest(project: ForgeProject, iid: number): Promise<MergeRequest | undefined> {
    const found = await this.mergeRequests.find(project.id, iid);
    return found === undefined ? undefined : this.presentRequest(project, found);
  }

  async mergeRequestsOfCommit(project: ForgeProject, sha: string): Promise<MergeRequest[]> {
    const found = await this.mergeRequests.ofCommit(project.id, sha);
    return found.map((request) => this.presentRequest(project, request));
  }

  async mergeRequestsOfBranch(project: ForgeProject, branch: string): Promise<MergeRequest[]> {
    const found = await this.mergeRequests.ofBranch(project.id, branch);
    return found.map((request) => this.presentRequest(project, request));
  }

  async commits(project: ForgeProject, branchOrSha: string, limit: number): Promise<string[]> {
    const head = (await this.history.head(project.id, branchOrSha)) ?? branchOrSha;
    return isSha(head) ? this.history.history(project.id, head, limit) : [];
  }

  async createComment(project: ForgeProject, mergeRequest: number, body: string): Promise<string> {
    await this.mergeRequests.get(project.id, mergeRequest);
    return this.discussions.add(project.id, mergeRequest, body);
  }

  updateComment(project: ForgeProject, mergeRequest: number, commentId: string, body: string): Promise<boolean> {
    return this.discussions.update(project.id, mergeRequest, commentId, body);
  }

  findComment(project: ForgeProject, mergeRequest: number, marker: string): Promise<string | undefined> {
    return this.discussions.findOwn(project.id, mergeRequest, marker);
  }

  async setStatus(project: ForgeProject, sha: string, status: CommitStatus): Promise<void> {
    if (!(await this.history.exists(project.id, sha))) throw notFound(`There is no commit ${sha} in ${project.path}.`);
    await this.discussions.setStatus(project.id, sha, status);
  }

  /** Nothing to register: changes come through {@link listen}. */
  registerWebhook(): Promise<string> {
    return Promise.resolve('listening');
  }

  removeWebhook(): Promise<void> {
    return Promise.resolve();
  }

  webhookProject(_request: WebhookRequest): ProjectId | undefined {
    return undefined;
  }

  /** Nobody may speak in its name over HTTP. */
  readWebhook(_request: WebhookRequest, _secret: string): ForgeEvent | undefined {
    throw new AssayError('unauthenticated', 'The local forge sends no webhooks.');
  }

  async check(): Promise<string> {
    const [row] = await this.database.query<{ projects: number; users: number }>(count);
    return `The local forge holds ${row?.projects ?? 0} projects and ${row?.users ?? 0} users.`;
  }

  /**
   * Hears of merge requests, pushes and rights changed by any process, on a connection of its own that comes back after it was
   * lost (what happened meanwhile is not told again). @returns what ends it
   */
  async listen(listener: ForgeListener): Promise<() => Promise<void>> {
    const ear = new EventEar(this.database.pool, listener);
    await ear.open();
    return () => ear.close();
  }

  private async owner({ secret }: Credential): Promise<TokenOwner> {
    const owner = await this.tokens.owner(secret);
    if (owner !== undefined) return owner;
    throw new AssayError('unauthenticated', 'The token is unknown, expired or revoked; use another.');
  }

  private async roleIn(project: LocalProject, owner: TokenOwner | undefined): Promise<Role | undefined> {
    const anyone = project.visibility === 'public' ? 'read' : undefined;
    if (owner === undefined || (owner.project !== undefined && owner.project !== project.id)) return anyone;
    if (owner.administrator) return 'maintain';
    const signedIn = project.visibility === 'internal' ? 'read' : anyone;
    return (await this.people.roleOf(project.id, owner.userId)) ?? signedIn;
  }

  private present(project: LocalProject): ForgeProject {
    return { ...project, webUrl: this.addresses.page(project.path, 'experiments') };
  }

  private presentRequest(project: ForgeProject, request: LocalMergeRequest): MergeRequest {
    return { ...request, webUrl: this.addresses.page(project.path, `merge_requests/${request.iid}`) };
  }
}
