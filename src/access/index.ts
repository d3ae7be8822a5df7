export { AccessModule } from './access.module';
export { accessDefaults, AccessOptions } from './access-options';
export { AccessGuard, requirementKey, type Requirement } from './access.guard';
export { ownTokenPrefix } from './gate';
export { includes, roleFor, type Permission, type ProjectPermission } from './permission';
export type { Access, ForgeAccess, Principal } from './principal';
export { hashOf, Principals } from './principals';
export { ProjectDirectory, type EnabledProject, type TokenHolder } from './project-directory';
export { CurrentAccess, CurrentForgeAccess, Requires } from './requires';
