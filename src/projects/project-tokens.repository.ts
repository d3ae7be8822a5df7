import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { ProjectId } from '../common';
import { asFailure, dataSourceName, Database, statement } from '../database';
import type { ForgeProject, ProjectRef, Role } from '../forge';
import { ProjectTokenEntity } from './project-token.entity';

/** A live token with its project, as one look finds them. */
export interface FoundToken {
  readonly project_id: ProjectId;
  readonly path: string;
  readonly default_branch: string;
  readonly visibility: ForgeProject['visibility'];
  readonly archived: boolean;
  readonly token_id: string;
  readonly name: string;
  readonly role: Role;
  readonly expires_at: Date | null;
}

const live = `SELECT p.project_id, p.path, p.default_branch, p.visibility, p.archived,
       t.token_id, t.name, t.role, t.expires_at
  FROM assay.projects p JOIN assay.project_tokens t ON t.project_id = p.project_id
 WHERE p.enabled AND t.hash = $2 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())`;
const findById = statement('projects.token.by-id', `${live} AND p.project_id = $1`);
const findByPath = statement('projects.token.by-path', `${live} AND lower(p.path) = lower($1)`);
const touch = statement(
  'projects.token.touch',
  `UPDATE assay.project_tokens SET last_used_at = now()
    WHERE project_id = $1 AND token_id = $2 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
);

/** The rows of `project_tokens`. */
@Injectable()
export class ProjectTokensRepository {
  constructor(
    @InjectRepository(ProjectTokenEntity, dataSourceName) private readonly rows: Repository<ProjectTokenEntity>,
    private readonly database: Database,
  ) {}

  /** The token with this hash, if it is live and its project is enabled. */
  async find(project: ProjectRef, hash: Buffer): Promise<FoundToken | undefined> {
    const [found] =
      'id' in project
        ? await this.database.query<FoundToken>(findById, [project.id, hash])
        : await this.database.query<FoundToken>(findByPath, [project.path, hash]);
    return found;
  }

  /** Notes its use, at most once a minute. */
  async touch(project: ProjectId, tokenId: string): Promise<void> {
    await this.database.query(touch, [project, tokenId]);
  }

  /** Those that were not revoked, the newest first; expired ones too. */
  async list(project: ProjectId): Promise<ProjectTokenEntity[]> {
    try {
      return await this.rows.find({ where: { projectId: project, revokedAt: IsNull() }, order: { createdAt: 'DESC' } });
    } catch (error) {
      throw asFailure(error);
    }
  }

  async insert(token: ProjectTokenEntity, within: EntityManager): Promise<void> {
    await within.insert(ProjectTokenEntity, token);
  }

  /** @returns its name; undefined when there is none, or it was revoked already */
  async revoke(project: ProjectId, tokenId: string, within: EntityManager): Promise<string | undefined> {
    const key = { projectId: project, tokenId, revokedAt: IsNull() };
    const row = await within.findOneBy(ProjectTokenEntity, key);
    if (row === null) return undefined;
    const { affected } = await within.update(ProjectTokenEntity, key, { revokedAt: new Date() });
    return affected === 1 ? row.name : undefined;
  }
}
