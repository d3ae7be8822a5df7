export { Audit } from './audit';
export { projectEntities } from './entities';
export { ForgeEvents } from './forge-events';
export type { PrimaryMetric, Project, ProjectSettings, SettingsPatch } from './project';
export { ProjectTokensService, type NewProjectToken, type ProjectToken } from './project-tokens.service';
export { ProjectsModule } from './projects.module';
export { ProjectsService, type Enabling, type EnabledListener } from './projects.service';
export { SettingsCards } from './pages/settings-cards';
export { ProjectsPagesModule } from './pages/projects-pages.module';
