import { AuditEventEntity } from './audit-event.entity';
import { ProjectTokenEntity } from './project-token.entity';
import { ProjectEntity } from './project.entity';

/** What the DataSource must list. */
export const projectEntities = [ProjectEntity, ProjectTokenEntity, AuditEventEntity];
