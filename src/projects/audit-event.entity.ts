import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectId } from '../common';
import { asNumber } from './columns';

/** A row of `audit_events`. */
@Entity({ name: 'audit_events', schema: 'assay' })
export class AuditEventEntity {
  @PrimaryColumn({ name: 'project_id', type: 'bigint', transformer: asNumber })
  projectId!: ProjectId;

  @PrimaryColumn({ name: 'event_id', type: 'uuid' })
  eventId!: string;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'jsonb', default: {} })
  details!: object;

  @Column({ name: 'happened_at', type: 'timestamptz' })
  happenedAt!: Date;
}
