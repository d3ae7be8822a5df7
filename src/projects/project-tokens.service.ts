import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hashOf, includes, ownTokenPrefix, type Principal } from '../access';
import { forbidden, invalid, notFound, parseEid, type ProjectId } from '../common';
import type { Role } from '../forge';
import { Audit } from './audit';
import { checkLine } from './line';
import { ProjectTokenEntity } from './project-token.entity';
import { ProjectTokensRepository } from './project-tokens.repository';
import { ProjectsDirectory } from './projects.directory';
import { ProjectsRepository } from './projects.repository';

/** A token of one project, without its secret, which nobody knows but its holder. */
export interface ProjectToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly expiresAt?: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** At most a minute behind. */
  readonly lastUsedAt?: Date;
}

/** What a maintainer asks for; a token without an expiry stays until it is revoked. */
export interface NewProjectToken {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt?: Date | undefined;
}

const nameLimit = 255;
const longestLife = 366 * 24 * 60 * 60 * 1000;
const countLimit = 500;

function toToken({
  tokenId,
  name,
  role,
  expiresAt,
  createdBy,
  createdAt,
  lastUsedAt,
}: ProjectTokenEntity): ProjectToken {
  return {
    id: tokenId,
    name,
    role,
    createdBy,
    createdAt,
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(lastUsedAt === null ? {} : { lastUsedAt }),
  };
}

function checkExpiry(expiresAt: Date | undefined): Date | null {
  if (expiresAt === undefined) return null;
  const life = expiresAt.getTime() - Date.now();
  if (!(life > 0)) throw invalid('expires_at must lie in the future', 'expires_at');
  if (life > longestLife)
    throw invalid('expires_at may be at most one year from now; leave it out for a token without an end', 'expires_at');
  return expiresAt;
}

/** Assay's own access tokens, for forges that have none for a project alone. */
@Injectable()
export class ProjectTokensService {
  constructor(
    private readonly tokens: ProjectTokensRepository,
    private readonly projects: ProjectsRepository,
    private readonly directory: ProjectsDirectory,
    private readonly audit: Audit,
  ) {}

  /** @returns the token and its secret, which is shown this once and kept nowhere */
  async create(
    project: ProjectId,
    creator: Principal,
    { name: given, role, expiresAt }: NewProjectToken,
  ): Promise<{ readonly token: ProjectToken; readonly secret: string }> {
    const name = checkLine(given, 'name', nameLimit);
    if (!includes(creator.role, role)) throw forbidden(`A token cannot have a role above your own, "${creator.role}".`);
    if ((await this.tokens.list(project)).length >= countLimit)
      throw invalid(`A project has at most ${String(countLimit)} tokens; revoke those that nobody needs.`);
    const secret = ownTokenPrefix + randomBytes(30).toString('base64url');
    const row = Object.assign(new ProjectTokenEntity(), {
      projectId: project,
      tokenId: randomUUID(),
      name,
      hash: hashOf(secret),
      role,
      expiresAt: checkExpiry(expiresAt),
      createdBy: creator.name,
      createdAt: new Date(),
      lastUsedAt: null,
      revokedAt: null,
    });
    await this.projects.transaction(async (within) => {
      await this.tokens.insert(row, within);
      const details = { token: row.tokenId, name, role };
      await this.audit.record(project, { action: 'token.create', actor: creator.name, details }, within);
    });
    return { token: toToken(row), secret };
  }

  /** Those that were not revoked, the newest first; expired ones too. */
  async list(project: ProjectId): Promise<ProjectToken[]> {
    return (await this.tokens.list(project)).map(toToken);
  }

  /**
   * Works at once in this process, and within seconds in the others.
   * @throws AssayError `not-found` when the project has no such token, or it was revoked already
   */
  async revoke(project: ProjectId, actor: string, tokenId: string): Promise<void> {
    const id = parseEid(tokenId);
    await this.projects.transaction(async (within) => {
      const name = id && (await this.tokens.revoke(project, id, within));
      if (name === undefined) throw notFound('The project has no such token.');
      await this.audit.record(project, { action: 'token.revoke', actor, details: { token: tokenId, name } }, within);
    });
    this.directory.forget();
  }
}
