import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { ProjectId } from '../common';
import { asFailure, dataSourceName } from '../database';
import { AuditEventEntity } from './audit-event.entity';

/** Something that somebody did and that may have to be explained later. */
export interface AuditEvent {
  /** Noun and verb, such as `token.revoke`. */
  readonly action: string;
  /** As {@link Principal.name}. */
  readonly actor: string;
  /** Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes down who did what. */
@Injectable()
export class Audit {
  constructor(
    @InjectRepository(AuditEventEntity, dataSourceName) private readonly events: Repository<AuditEventEntity>,
  ) {}

  /** Takes part in the transaction of `within`, when there is one. */
  async record(project: ProjectId, event: AuditEvent, within: EntityManager = this.events.manager): Promise<void> {
    const { action, actor, details = {} } = event;
    try {
      await within.insert(AuditEventEntity, {
        projectId: project,
        eventId: randomUUID(),
        action,
        actor,
        details,
        happenedAt: new Date(),
      });
    } catch (error) {
      throw asFailure(error);
    }
  }
}
