import { invalid, type ProjectId } from '../../common';
import type {
  CommitStatus,
  Credential,
  Forge,
  ForgeEvent,
  ForgeProject,
  MergeRequest,
  ProjectAccess,
  ProjectRef,
  WebhookRequest,
} from '../forge';
import { GiteaAccess } from './access';
import { checkGitea } from './check';
import { GiteaDiscussions } from './discussions';
import { GiteaClient } from './gitea.client';
import { GiteaPulls } from './pulls';
import { toProject } from './repository';
import { GiteaServerCalls } from './server';
import { GiteaWebhooks, readWebhook, webhookProject } from './webhooks';

/** How a Gitea or Forgejo is reached. */
export interface GiteaForgeOptions {
  /** Its address, with the path if it is not at the origin's root, such as `https://git.example.org`. */
  readonly url: string;
  /** The server's own token: scopes `write:repository`, `write:issue`, `read:user`; its user comments and sets statuses. */
  readonly token: string;
  /** How long an answer may take, in milliseconds; default 10,000. */
  readonly fetchTimeoutMs?: number;
}

/** The adapter for Gitea and Forgejo; `readme.md` beside it says what it uses of their API, and the traps there. */
export class GiteaForge implements Forge {
  readonly name = 'gitea';
  readonly limits = { comment: 65_536, statusDescription: 255 };
  private readonly client: GiteaClient;
  private readonly server: GiteaServerCalls;
  private readonly rights: GiteaAccess;
  private readonly pulls: GiteaPulls;
  private readonly discussions: GiteaDiscussions;
  private readonly webhooks: GiteaWebhooks;

  constructor({ url, token, fetchTimeoutMs = 10_000 }: GiteaForgeOptions) {
    if (!/^https?:\/\/[^@]+$/.test(url) || !URL.canParse(url)) {
      throw invalid("url must be the forge's address, with http:// or https:// and without a user", 'url');
    }
    this.client = new GiteaClient(url, fetchTimeoutMs);
    this.server = new GiteaServerCalls(this.client, token);
    this.rights = new GiteaAccess(this.client, this.server);
    this.pulls = new GiteaPulls(this.server);
    this.discussions = new GiteaDiscussions(this.server, this.pulls);
    this.webhooks = new GiteaWebhooks(this.server);
  }

  access(project: ProjectRef, credential: Credential | undefined): Promise<ProjectAccess | undefined> {
    return this.rights.access(project, credential);
  }

  scopesAllowWriting(project: ForgeProject, credential: Credential): Promise<boolean> {
    return this.rights.scopesAllowWriting(project, credential);
  }

  async project(project: ProjectRef): Promise<ForgeProject | undefined> {
    const repository = await this.server.repository(project);
    return repository === undefined ? undefined : toProject(repository);
  }

  mergeRequest(project: ForgeProject, iid: number): Promise<MergeRequest | undefined> {
    return this.pulls.get(project, iid);
  }

  mergeRequestsOfCommit(project: ForgeProject, sha: string): Promise<MergeRequest[]> {
    return this.pulls.ofCommit(project, sha);
  }

  mergeRequestsOfBranch(project: ForgeProject, branch: string): Promise<MergeRequest[]> {
    return this.pulls.ofBranch(project, branch);
  }

  commits(project: ForgeProject, branchOrSha: string, limit: number): Promise<string[]> {
    return this.pulls.commits(project, branchOrSha, limit);
  }

  createComment(project: ForgeProject, mergeRequest: number, body: string): Promise<string> {
    return this.discussions.create(project, mergeRequest, body);
  }

  updateComment(project: ForgeProject, _mergeRequest: number, commentId: string, body: string): Promise<boolean> {
    return this.discussions.update(project, commentId, body);
  }

  findComment(project: ForgeProject, mergeRequest: number, marker: string): Promise<string | undefined> {
    return this.discussions.find(project, mergeRequest, marker);
  }

  setStatus(project: ForgeProject, sha: string, status: CommitStatus): Promise<void> {
    return this.discussions.setStatus(project, sha, status);
  }

  registerWebhook(project: ForgeProject, url: string, secret: string): Promise<string> {
    return this.webhooks.register(project, url, secret);
  }

  removeWebhook(project: ForgeProject, webhookId: string): Promise<void> {
    return this.webhooks.remove(project, webhookId);
  }

  webhookProject(request: WebhookRequest): ProjectId | undefined {
    return webhookProject(request);
  }

  readWebhook(request: WebhookRequest, secret: string): ForgeEvent | undefined {
    return readWebhook(request, secret);
  }

  check(): Promise<string> {
    return checkGitea(this.client, this.server);
  }
}
