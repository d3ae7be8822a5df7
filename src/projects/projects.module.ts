import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectDirectory } from '../access';
import { dataSourceName } from '../database';
import { Audit } from './audit';
import { projectEntities } from './entities';
import { ForgeEvents } from './forge-events';
import { SettingsCards } from './pages/settings-cards';
import { ProjectTokensController } from './project-tokens.controller';
import { ProjectTokensRepository } from './project-tokens.repository';
import { ProjectTokensService } from './project-tokens.service';
import { ProjectsController } from './projects.controller';
import { ProjectsDirectory } from './projects.directory';
import { ProjectsRepository } from './projects.repository';
import { ProjectsService } from './projects.service';
import { WebhooksController } from './webhooks.controller';
import { WebhooksService } from './webhooks.service';

/** Projects: enabling, settings, tokens, webhooks. Global, because access asks it through {@link ProjectDirectory}. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature(projectEntities, dataSourceName)],
  controllers: [ProjectsController, ProjectTokensController, WebhooksController],
  providers: [
    Audit,
    ForgeEvents,
    ProjectTokensRepository,
    ProjectTokensService,
    ProjectsDirectory,
    ProjectsRepository,
    ProjectsService,
    SettingsCards,
    WebhooksService,
    { provide: ProjectDirectory, useExisting: ProjectsDirectory },
  ],
  exports: [Audit, ForgeEvents, ProjectDirectory, ProjectTokensService, ProjectsService, SettingsCards],
})
export class ProjectsModule {}
