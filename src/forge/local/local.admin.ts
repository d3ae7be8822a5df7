import { randomBytes } from 'node:crypto';
import type { ForgeProject, ProjectRef, Role } from '../forge';
import { LocalActivity } from './activity';
import { LocalCommits } from './commits';
import { checkBranch } from './names';
import { LocalPeople, type LocalMember, type LocalUser } from './people';
import { LocalProjects, type LocalProject } from './projects';
import { LocalTokens, type CreatedToken, type LocalToken, type NewToken } from './tokens';

/** What a token of a project may be told; by default named `project` with both scopes and without an end. */
export type NewProjectToken = Partial<NewToken>;

/**
 * The management half of the local forge: what people do on another forge's own pages. Names are checked (`invalid`), unknown
 * ones are `not-found`, taken ones `already-exists`. A project may be named by a bare name, which stands for `root/name`.
 */
export class LocalForgeAdmin extends LocalActivity {
  createUser(username: string, options: { administrator?: boolean } = {}): Promise<LocalUser> {
    return new LocalPeople(this.database).create(username, options);
  }

  /** Private with the branch `main` unless told; it has a first commit, and the owner (`root` unless told) may maintain it. */
  createProject(
    path: string,
    options: { visibility?: ForgeProject['visibility']; defaultBranch?: string; owner?: string } = {},
  ): Promise<LocalProject> {
    const { visibility = 'private', defaultBranch = 'main', owner } = options;
    return this.database.transaction(async (transaction) => {
      const people = new LocalPeople(transaction);
      const maintainer = owner === undefined ? await people.root() : await people.get(owner);
      const project = await new LocalProjects(transaction).create({
        path,
        visibility,
        defaultBranch: checkBranch(defaultBranch, 'defaultBranch'),
      });
      await people.setRole(project.id, maintainer, 'maintain');
      const commits = new LocalCommits(transaction);
      await commits.setHead(project.id, defaultBranch, await commits.add(project.id, []));
      return project;
    });
  }

  projects(): Promise<LocalProject[]> {
    return new LocalProjects(this.database).all();
  }

  /** Another path, visibility, or archived; the id stays. */
  updateProject(
    ref: ProjectRef,
    change: { path?: string; visibility?: ForgeProject['visibility']; archived?: boolean },
  ): Promise<LocalProject> {
    return this.changes.run(async (transaction, tell) => {
      const project = await new LocalProjects(transaction).update(ref, change);
      tell({ kind: 'rights', project: project.id });
      return project;
    });
  }

  /** Adds a member or changes the role. */
  addMember(ref: ProjectRef, username: string, role: Role): Promise<void> {
    return this.changeRights(ref, username, (people, project, user) => people.setRole(project.id, user, role));
  }

  /** No member is no error. */
  removeMember(ref: ProjectRef, username: string): Promise<void> {
    return this.changeRights(ref, username, (people, project, user) => people.dropRole(project.id, user));
  }

  async members(ref: ProjectRef): Promise<LocalMember[]> {
    const { id } = await this.find(ref);
    return new LocalPeople(this.database).members(id);
  }

  async createToken(username: string, token: NewToken): Promise<CreatedToken> {
    const user = await new LocalPeople(this.database).get(username);
    return new LocalTokens(this.database).create(user, token);
  }

  /** A token for one project alone; it belongs to a bot user with that role. */
  createProjectToken(ref: ProjectRef, role: Role, options: NewProjectToken = {}): Promise<CreatedToken> {
    return this.database.transaction(async (transaction) => {
      const project = await new LocalProjects(transaction).get(ref);
      const people = new LocalPeople(transaction);
      const username = `project_${project.id}_bot_${randomBytes(6).toString('hex')}`;
      const bot = await people.create(username, { bot: true });
      await people.setRole(project.id, bot, role);
      return new LocalTokens(transaction).create(bot, { name: 'project', ...options }, project.id);
    });
  }

  async tokens(username: string): Promise<LocalToken[]> {
    return new LocalTokens(this.database).ofUser(await new LocalPeople(this.database).get(username));
  }

  /** By its id or its secret; revoked already is no error. */
  revokeToken(token: number | string): Promise<void> {
    return new LocalTokens(this.database).revoke(token);
  }

  /** Makes this secret the only one of the administrator `root` that servers hand out. */
  ensureAdminToken(secret: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const root = await new LocalPeople(transaction).root();
      await new LocalTokens(transaction).keepOnly(root, 'administrator', secret);
    });
  }

  /** Whether it is a live token of an administrator that may write. */
  async isAdmin(secret: string): Promise<boolean> {
    const owner = await new LocalTokens(this.database).owner(secret);
    return owner !== undefined && owner.administrator && owner.scopes.includes('write');
  }

  private changeRights(
    ref: ProjectRef,
    username: string,
    change: (people: LocalPeople, project: LocalProject, user: LocalUser) => Promise<void>,
  ): Promise<void> {
    return this.changes.run(async (transaction, tell) => {
      const project = await new LocalProjects(transaction).get(ref);
      const people = new LocalPeople(transaction);
      await change(people, project, await people.get(username));
      tell({ kind: 'rights', project: project.id });
    });
  }
}
