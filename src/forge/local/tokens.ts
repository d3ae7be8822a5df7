import { createHash, randomBytes } from 'node:crypto';
import { asProjectId, invalid, notFound, type ProjectId } from '../../common';
import { statement, type Queryable } from '../../database';
import { checkText } from './names';
import type { LocalUser } from './people';

/** `write` alone includes reading. */
export type LocalScope = 'read' | 'write';

/** What a new token is. */
export interface NewToken {
  readonly name: string;
  /** Both unless told. */
  readonly scopes?: readonly LocalScope[];
  readonly expiresAt?: Date;
}

/** A new token; the secret is shown this once. */
export interface CreatedToken {
  readonly id: number;
  readonly username: string;
  readonly secret: string;
}

/** A token as it can be listed. */
export interface LocalToken {
  readonly id: number;
  readonly name: string;
  readonly scopes: readonly LocalScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Who stands behind a live token. */
export interface TokenOwner {
  readonly userId: number;
  readonly username: string;
  readonly administrator: boolean;
  readonly scopes: readonly LocalScope[];
  /** Set: good for this project alone. */
  readonly project?: ProjectId;
}

interface OwnerRow {
  readonly user_id: number;
  readonly username: string;
  readonly administrator: boolean;
  readonly scopes: LocalScope[];
  readonly project_id: number | null;
}

const insert = statement(
  'local.token.insert',
  `INSERT INTO assay_forge.tokens (user_id, project_id, name, hash, scopes, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6) RETURNING token_id AS id`,
);
const byHash = statement(
  'local.token.by-hash',
  `SELECT user_id, username, administrator, scopes, project_id
     FROM assay_forge.tokens JOIN assay_forge.users USING (user_id)
    WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
);
const revoke = statement(
  'local.token.revoke',
  `UPDATE assay_forge.tokens SET revoked_at = coalesce(revoked_at, now())
    WHERE token_id = $1 OR hash = $2 RETURNING token_id, project_id, user_id`,
);
const revokeOthers = statement(
  'local.token.revoke-others',
  'UPDATE assay_forge.tokens SET revoked_at = now() WHERE user_id = $1 AND name = $2 AND hash <> $3 AND revoked_at IS NULL',
);
const keep = statement(
  'local.token.keep',
  `INSERT INTO assay_forge.tokens (user_id, name, hash, scopes) VALUES ($1, $2, $3, '{read,write}')
   ON CONFLICT (hash) DO UPDATE SET revoked_at = NULL`,
);
const ofUser = statement(
  'local.tokens.of-user',
  `SELECT token_id AS id, name, scopes, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
     FROM assay_forge.tokens WHERE user_id = $1 ORDER BY token_id`,
);

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Secrets have 192 random bits, so a plain SHA-256 finds them, and timing tells nothing about another. */
function newSecret(): string {
  return `assay-local-${randomBytes(24).toString('base64url')}`;
}

/** Access tokens of users and projects; only hashes are kept. */
export class LocalTokens {
  constructor(private readonly db: Queryable) {}

  async create(user: LocalUser, token: NewToken, project?: ProjectId): Promise<CreatedToken> {
    const { scopes = ['read', 'write'], expiresAt } = token;
    if (scopes.length === 0) throw invalid('scopes must name "read", "write" or both', 'scopes');
    const secret = newSecret();
    const values = [user.id, project, checkText(token.name, 'name', 255), hashOf(secret), scopes, expiresAt];
    const [row] = await this.db.query<{ id: number }>(insert, values);
    return { id: (row as { id: number }).id, username: user.username, secret };
  }

  /** Undefined for a secret that is unknown, expired or revoked. */
  async owner(secret: string): Promise<TokenOwner | undefined> {
    const [row] = await this.db.query<OwnerRow>(byHash, [hashOf(secret)]);
    if (row === undefined) return undefined;
    const { user_id: userId, username, administrator, scopes, project_id: project } = row;
    const owner = { userId, username, administrator, scopes };
    return project === null ? owner : { ...owner, project: asProjectId(project) };
  }

  /**
   * By its id or its secret; revoked already is no error.
   * @throws AssayError `not-found`
   */
  async revoke(token: number | string): Promise<void> {
    const byId = typeof token === 'number';
    const rows = await this.db.query(revoke, byId ? [token, null] : [null, hashOf(token)]);
    if (rows.length === 0) throw notFound('There is no such token.');
  }

  /** Makes this secret the user's only live token of that name. */
  async keepOnly(user: LocalUser, name: string, secret: string): Promise<void> {
    await this.db.query(revokeOthers, [user.id, name, hashOf(secret)]);
    await this.db.query(keep, [user.id, name, hashOf(secret)]);
  }

  async ofUser(user: LocalUser): Promise<LocalToken[]> {
    return this.db.query<LocalToken>(ofUser, [user.id]);
  }
}
