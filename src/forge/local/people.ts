import { AssayError, notFound, type ProjectId } from '../../common';
import { constraintViolation, statement, type Queryable } from '../../database';
import type { Role } from '../forge';
import { checkUsername } from './names';

/** A user of the local forge. */
export interface LocalUser {
  readonly id: number;
  readonly username: string;
  /** May do everything in every project. */
  readonly administrator: boolean;
  /** Belongs to a project's token. */
  readonly bot: boolean;
}

/** Who works on a project. */
export interface LocalMember {
  readonly username: string;
  readonly role: Role;
}

const columns = 'user_id AS id, username, administrator, bot';
const find = statement('local.user.find', `SELECT ${columns} FROM assay_forge.users WHERE lower(username) = lower($1)`);
const insert = statement(
  'local.user.insert',
  `INSERT INTO assay_forge.users (username, administrator, bot) VALUES ($1, $2, $3) RETURNING ${columns}`,
);
const ensureRoot = statement(
  'local.user.root',
  `INSERT INTO assay_forge.users (username, administrator) VALUES ('root', true)
   ON CONFLICT (lower(username)) DO UPDATE SET administrator = true RETURNING ${columns}`,
);
const setRole = statement(
  'local.member.set',
  `INSERT INTO assay_forge.members (project_id, user_id, role) VALUES ($1, $2, $3)
   ON CONFLICT (project_id, user_id) DO UPDATE SET role = excluded.role`,
);
const dropRole = statement(
  'local.member.drop',
  'DELETE FROM assay_forge.members WHERE project_id = $1 AND user_id = $2',
);
const roleOf = statement(
  'local.member.role',
  'SELECT role FROM assay_forge.members WHERE project_id = $1 AND user_id = $2',
);
const members = statement(
  'local.members',
  `SELECT username, role FROM assay_forge.members JOIN assay_forge.users USING (user_id)
    WHERE project_id = $1 AND NOT bot ORDER BY lower(username)`,
);

/** Users, and what they may do in which project. */
export class LocalPeople {
  constructor(private readonly db: Queryable) {}

  /** @throws AssayError `not-found` */
  async get(username: string): Promise<LocalUser> {
    const [user] = await this.db.query<LocalUser>(find, [username]);
    if (user === undefined) throw notFound(`There is no user ${username} on this forge.`);
    return user;
  }

  /** @throws AssayError `already-exists` */
  async create(username: string, { administrator = false, bot = false } = {}): Promise<LocalUser> {
    try {
      const [user] = await this.db.query<LocalUser>(insert, [checkUsername(username), administrator, bot]);
      return user as LocalUser;
    } catch (error) {
      if (constraintViolation(error)?.state !== '23505') throw error;
      const message = `A user ${username} exists already; choose another name.`;
      throw new AssayError('already-exists', message, { field: 'username' });
    }
  }

  /** The administrator who is there from the beginning, and owns what nobody else does. */
  async root(): Promise<LocalUser> {
    const [user] = await this.db.query<LocalUser>(ensureRoot);
    return user as LocalUser;
  }

  async setRole(project: ProjectId, user: LocalUser, role: Role): Promise<void> {
    await this.db.query(setRole, [project, user.id, role]);
  }

  /** No member is no error. */
  async dropRole(project: ProjectId, user: LocalUser): Promise<void> {
    await this.db.query(dropRole, [project, user.id]);
  }

  async roleOf(project: ProjectId, userId: number): Promise<Role | undefined> {
    const [row] = await this.db.query<{ role: Role }>(roleOf, [project, userId]);
    return row?.role;
  }

  /** People only, no tokens' bots. */
  async members(project: ProjectId): Promise<LocalMember[]> {
    return this.db.query<LocalMember>(members, [project]);
  }
}
