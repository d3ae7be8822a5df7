import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import type { ProjectId } from '../common';
import { asFailure, dataSourceName } from '../database';
import type { ForgeProject, ProjectRef } from '../forge';
import { defaultSettings, type Project, type ProjectSettings } from './project';
import { ProjectEntity } from './project.entity';

function toProject(row: ProjectEntity): Project {
  const { projectId, path, defaultBranch, visibility, archived, enabled, settings, webhookId, enabledBy, enabledAt } =
    row;
  return {
    id: projectId,
    path,
    defaultBranch,
    visibility,
    archived,
    enabled,
    settings: { ...defaultSettings, ...settings },
    enabledBy,
    enabledAt,
    ...(webhookId === null ? {} : { webhookId }),
  };
}

function described({ path, defaultBranch, visibility, archived }: ForgeProject): Partial<ProjectEntity> {
  return { path, defaultBranch, visibility, archived, updatedAt: new Date() };
}

/** The rows of `projects`. */
@Injectable()
export class ProjectsRepository {
  constructor(@InjectRepository(ProjectEntity, dataSourceName) private readonly rows: Repository<ProjectEntity>) {}

  /** Enabled or not. */
  async find(ref: ProjectRef): Promise<Project | undefined> {
    const row = await this.settled(() => this.query(ref).getOne());
    return row === null ? undefined : toProject(row);
  }

  async enabled(): Promise<Project[]> {
    const rows = await this.settled(() => this.rows.find({ where: { enabled: true }, order: { projectId: 'ASC' } }));
    return rows.map(toProject);
  }

  /** Makes sure that there is a row, a disabled one if it is new. @returns the secret of the project's webhook, made once */
  async prepare(project: ForgeProject, actor: string): Promise<string> {
    return this.settled(async () => {
      const webhookSecret = randomBytes(32).toString('hex');
      const fresh = { projectId: project.id, ...described(project), enabled: false, settings: {}, enabledBy: actor };
      await this.rows
        .createQueryBuilder()
        .insert()
        .values({ ...fresh, webhookSecret, enabledAt: new Date() })
        .orIgnore()
        .execute();
      const row = await this.rows.findOneByOrFail({ projectId: project.id });
      if (row.webhookSecret !== null) return row.webhookSecret;
      await this.rows.update({ projectId: project.id }, { webhookSecret });
      return webhookSecret;
    });
  }

  /** @returns whether the row was disabled before */
  async enable(
    project: ForgeProject,
    actor: string,
    webhookId: string | null,
    within: EntityManager,
  ): Promise<boolean> {
    const key = { projectId: project.id };
    await within.update(ProjectEntity, key, { ...described(project), webhookId });
    const change = { enabled: true, enabledBy: actor, enabledAt: new Date() };
    const { affected } = await within.update(ProjectEntity, { ...key, enabled: false }, change);
    return affected === 1;
  }

  /** @returns whether the row was enabled before */
  async disable(project: ProjectId, within: EntityManager): Promise<boolean> {
    const change = { enabled: false, webhookId: null, updatedAt: new Date() };
    const { affected } = await within.update(ProjectEntity, { projectId: project, enabled: true }, change);
    return affected === 1;
  }

  /** Locks the row until the transaction ends, so that two changes do not overwrite each other. */
  async settings(project: ProjectId, within: EntityManager): Promise<ProjectSettings | undefined> {
    const row = await within.findOne(ProjectEntity, {
      where: { projectId: project, enabled: true },
      lock: { mode: 'pessimistic_write' },
    });
    return row === null ? undefined : toProject(row).settings;
  }

  async saveSettings(project: ProjectId, settings: ProjectSettings, within: EntityManager): Promise<void> {
    await within.update(ProjectEntity, { projectId: project }, { settings, updatedAt: new Date() });
  }

  /** Brings the row in line with what the forge says. @returns whether anything changed */
  async describe(project: ForgeProject): Promise<boolean> {
    const { path, defaultBranch, visibility, archived } = project;
    const { affected } = await this.settled(() =>
      this.rows
        .createQueryBuilder()
        .update(described(project))
        .where(
          'project_id = :id AND (path, default_branch, visibility, archived) IS DISTINCT FROM (:path, :defaultBranch, :visibility, :archived)',
          {
            id: project.id,
            path,
            defaultBranch,
            visibility,
            archived,
          },
        )
        .execute(),
    );
    return affected === 1;
  }

  /** The secret of an enabled project's webhook. */
  async webhookSecret(project: ProjectId): Promise<string | undefined> {
    const row = await this.settled(() => this.rows.findOneBy({ projectId: project, enabled: true }));
    return row?.webhookSecret ?? undefined;
  }

  /** Commits when `work` returns. */
  transaction<Result>(work: (within: EntityManager) => Promise<Result>): Promise<Result> {
    return this.settled(() => this.rows.manager.transaction(work));
  }

  private query(ref: ProjectRef): ReturnType<Repository<ProjectEntity>['createQueryBuilder']> {
    const query = this.rows.createQueryBuilder('project');
    if ('id' in ref) return query.where('project.projectId = :id', ref);
    return query.where('lower(project.path) = lower(:path)', ref).orderBy('project.updatedAt', 'DESC').limit(1);
  }

  private async settled<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw asFailure(error);
    }
  }
}
