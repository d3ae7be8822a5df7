import type { CommitStatus, Forge, ForgeProject, Role } from '../../src/forge';

/** The people of every fixture: the owner made the projects, the stranger is in none. */
export type Person = 'owner' | 'writer' | 'reader' | 'stranger';

/** What people do on a forge, past the adapter under test; the contract suite drives each forge through it. */
export interface ForgeFixture {
  readonly forge: Forge;
  /** An adapter of the same kind whose forge does not answer. */
  readonly unreachable: Forge;
  /** Private with `main` and a commit, owned by the owner; writer and reader are members. */
  createProject(name: string, visibility: 'public' | 'private'): Promise<ForgeProject>;
  token(person: Person, scopes: 'all' | 'read'): Promise<string>;
  revoke(person: Person, token: string): Promise<void>;
  addMember(project: ForgeProject, person: Person, role: Role): Promise<void>;
  removeMember(project: ForgeProject, person: Person): Promise<void>;
  rename(project: ForgeProject, name: string): Promise<void>;
  archive(project: ForgeProject): Promise<void>;
  /** A new commit on the branch, which begins at `main` when it is new. @returns its sha */
  push(project: ForgeProject, branch: string): Promise<string>;
  openMergeRequest(project: ForgeProject, source: string): Promise<number>;
  closeMergeRequest(project: ForgeProject, iid: number): Promise<void>;
  mergeMergeRequest(project: ForgeProject, iid: number): Promise<void>;
  /** The texts, oldest first. */
  comments(project: ForgeProject, iid: number): Promise<string[]>;
  comment(project: ForgeProject, iid: number, person: Person, body: string): Promise<void>;
  deleteComment(project: ForgeProject, iid: number, id: string): Promise<void>;
  /** The last one of each context. */
  statuses(project: ForgeProject, sha: string): Promise<CommitStatus[]>;
  stop(): Promise<void>;
}
