import type { ProjectId } from '../common';

/** A project as the caller names it: the forge's numeric id, or its full path such as `group/name`. */
export type ProjectRef = { readonly id: ProjectId } | { readonly path: string };

/** A project as the forge describes it. */
export interface ForgeProject {
  readonly id: ProjectId;
  /** `owner/name`, as in the forge's addresses. */
  readonly path: string;
  readonly defaultBranch: string;
  readonly visibility: 'public' | 'internal' | 'private';
  /** Archived projects are read-only. */
  readonly archived: boolean;
  /** The project's page on the forge. */
  readonly webUrl: string;
}

export interface ForgeUser {
  /** Stable within the forge. */
  readonly id: string;
  readonly username: string;
}

/** What somebody may do in a project; each role includes those before it. */
export type Role = 'read' | 'write' | 'maintain';

/** A secret as it came with a request. Never logged, never kept. */
export interface Credential {
  readonly kind: 'token' | 'job-token';
  readonly secret: string;
}

/** What a CI system's token proves about the job that holds it. */
export interface CiProof {
  readonly commit: string;
  readonly branch?: string;
  readonly jobId?: string;
  readonly mergeRequest?: number;
}

/** The forge's answer to "who is this, and what may they do here?" */
export interface ProjectAccess {
  readonly project: ForgeProject;
  /** Absent for anonymous readers of a public project. */
  readonly user?: ForgeUser;
  readonly role: Role;
  readonly proof?: CiProof;
}

/** A pull request on Gitea and GitHub. */
export interface MergeRequest {
  readonly iid: number;
  readonly title: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly webUrl: string;
  readonly author: string;
  readonly source: {
    readonly branch: string;
    readonly sha: string;
    /** False for a fork's. */ readonly sameProject: boolean;
  };
  readonly target: { readonly branch: string; readonly sha: string };
  /** The last common commit of both branches, when the forge tells it. */
  readonly mergeBase?: string;
}

export interface CommitStatus {
  /** `warning` becomes `success` on a forge that does not know it. */
  readonly state: 'pending' | 'success' | 'warning' | 'failure' | 'error';
  /** Names the check; a later status of the same context replaces the earlier one. */
  readonly context: string;
  /** Plain text, at most `limits.statusDescription` characters. */
  readonly description: string;
  readonly targetUrl: string;
}

/** What a webhook told, reduced to what we act upon. */
export type ForgeEvent =
  | { readonly kind: 'merge-request'; readonly project: ProjectId; readonly iid: number }
  | { readonly kind: 'push'; readonly project: ProjectId; readonly branch: string; readonly sha: string }
  | { readonly kind: 'rights'; readonly project: ProjectId };

/** A request of the forge to our webhook address. */
export interface WebhookRequest {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/**
 * The forge that owns projects, members, tokens and merge requests.
 *
 * Every method rejects with `unavailable` when the forge does not answer (with Retry-After where it says one), never with a
 * made-up answer. Methods without a credential speak with the server's own token.
 */
export interface Forge {
  /** The adapter's name, as in the webhook's address: `local`, `gitea` … */
  readonly name: string;
  readonly limits: { readonly comment: number; readonly statusDescription: number };

  /**
   * Who holds this credential, and what may they do in this project? Without a credential: an anonymous visitor.
   * @returns undefined when the project does not exist or the caller may not see it
   * @throws AssayError `unauthenticated` when the forge refuses the credential itself
   */
  access(project: ProjectRef, credential: Credential | undefined): Promise<ProjectAccess | undefined>;

  /**
   * Whether the credential's scopes let it write. `access` tells the owner's role; some forges tell scopes only by refusing.
   * Asked once per credential and project, before its first write.
   */
  scopesAllowWriting(project: ForgeProject, credential: Credential): Promise<boolean>;

  /** The project as the server itself sees it. */
  project(project: ProjectRef): Promise<ForgeProject | undefined>;

  mergeRequest(project: ForgeProject, iid: number): Promise<MergeRequest | undefined>;
  /** Open merge requests whose commits contain this one (or whose head it is). */
  mergeRequestsOfCommit(project: ForgeProject, sha: string): Promise<MergeRequest[]>;
  /** Open merge requests from this branch of the project itself. */
  mergeRequestsOfBranch(project: ForgeProject, branch: string): Promise<MergeRequest[]>;
  /** Shas of the branch, newest first, at most `limit`; empty for an unknown branch. */
  commits(project: ForgeProject, branchOrSha: string, limit: number): Promise<string[]>;

  /** @returns the new comment's id */
  createComment(project: ForgeProject, mergeRequest: number, body: string): Promise<string>;
  /** @returns false when somebody deleted it */
  updateComment(project: ForgeProject, mergeRequest: number, commentId: string, body: string): Promise<boolean>;
  /** The id of our own comment that contains the marker, if there is one. */
  findComment(project: ForgeProject, mergeRequest: number, marker: string): Promise<string | undefined>;
  setStatus(project: ForgeProject, sha: string, status: CommitStatus): Promise<void>;

  /** Asks the forge to tell us of merge requests and pushes. Safe to repeat: an equal one is kept. @returns the hook's id */
  registerWebhook(project: ForgeProject, url: string, secret: string): Promise<string>;
  /** Gone already is no error. */
  removeWebhook(project: ForgeProject, webhookId: string): Promise<void>;
  /** Which project the request claims to be about, before its signature is known to be good. */
  webhookProject(request: WebhookRequest): ProjectId | undefined;
  /**
   * Checks the signature and reads the event; undefined for events that we do not act upon.
   * @throws AssayError `unauthenticated` for a wrong signature
   */
  readWebhook(request: WebhookRequest, secret: string): ForgeEvent | undefined;

  /** For `assay doctor`: one sentence on what works, or rejects saying what is wrong and how to mend it. */
  check(): Promise<string>;
}

/** The token under which the chosen adapter is injected. */
export const Forge = Symbol('Forge');
