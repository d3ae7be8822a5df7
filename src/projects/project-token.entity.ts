import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectId } from '../common';
import type { Role } from '../forge';
import { asNumber } from './columns';

/** A row of `project_tokens`. */
@Entity({ name: 'project_tokens', schema: 'assay' })
export class ProjectTokenEntity {
  @PrimaryColumn({ name: 'project_id', type: 'bigint', transformer: asNumber })
  projectId!: ProjectId;

  @PrimaryColumn({ name: 'token_id', type: 'uuid' })
  tokenId!: string;

  @Column({ type: 'text' })
  name!: string;

  /** SHA-256 of the secret, which is kept nowhere. */
  @Column({ type: 'bytea' })
  hash!: Buffer;

  @Column({ type: 'text' })
  role!: Role;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** At most a minute behind. */
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;
}
