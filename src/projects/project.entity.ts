import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectId } from '../common';
import type { ForgeProject } from '../forge';
import { asNumber } from './columns';
import type { ProjectSettings } from './project';

/** A row of `projects`. */
@Entity({ name: 'projects', schema: 'assay' })
export class ProjectEntity {
  @PrimaryColumn({ name: 'project_id', type: 'bigint', transformer: asNumber })
  projectId!: ProjectId;

  @Column({ type: 'text' })
  path!: string;

  @Column({ type: 'boolean', default: true })
  enabled!: boolean;

  @Column({ name: 'default_branch', type: 'text' })
  defaultBranch!: string;

  @Column({ type: 'text' })
  visibility!: ForgeProject['visibility'];

  @Column({ type: 'boolean', default: false })
  archived!: boolean;

  @Column({ type: 'jsonb', default: {} })
  settings!: Partial<ProjectSettings>;

  @Column({ name: 'webhook_id', type: 'text', nullable: true })
  webhookId!: string | null;

  /** Stays when the project is disabled, so that a webhook which could not be removed is still known later. */
  @Column({ name: 'webhook_secret', type: 'text', nullable: true })
  webhookSecret!: string | null;

  @Column({ name: 'enabled_by', type: 'text' })
  enabledBy!: string;

  @Column({ name: 'enabled_at', type: 'timestamptz' })
  enabledAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
