export { AccessGuard, Requires, requirementKey, type AccessOptions, type Permission, type Principal } from './access';
export { ArtifactStore, type ArtifactsOptions } from './artifacts';
export { AssayModule } from './assay.module';
export { assayOptions, type AssayMount, type AssayOptions, type ForgeChoice, type StoreChoice } from './assay.options';
export { CandidatesService, type Candidate, type CandidateDetails } from './candidates';
export {
  Addresses,
  asProjectId,
  AssayError,
  assayMetrics,
  defaultPrefix,
  formatByteSize,
  html,
  Html,
  HtmlPages,
  NativeApi,
  notFound,
  Operation,
  page,
  parseByteSize,
  parseIid,
  type ErrorKind,
  type ProjectId,
} from './common';
export { assayEntities } from './data-source.module';
export { Database, dataSourceOptions, readMigrations, statement, type DatabaseConnection } from './database';
export { distributeDatabase } from './distribute-database';
export {
  collectGarbage,
  type DeletionOptions,
  type Freed,
  type Garbage,
  type GarbagePlace,
  type GarbageRequest,
  type ProjectGarbage,
} from './deletion';
export { ExperimentsService, type Experiment } from './experiments';
export {
  Forge,
  LocalForge,
  LocalForgeAdmin,
  type CiProof,
  type CommitStatus,
  type Credential,
  type ForgeEvent,
  type ForgeProject,
  type ForgeUser,
  type MergeRequest,
  type ProjectAccess,
  type ProjectRef,
  type Role,
  type WebhookRequest,
} from './forge';
export { createForge } from './forge-choice';
export { prepareHost } from './host';
export type { MergeRequestsOptions } from './merge-requests';
export { prepareDatabase } from './prepare-database';
export { ProjectsService, type Project, type ProjectSettings } from './projects';
export type { AssayAsyncOptions } from './settings.module';
export { createArtifactStore } from './store-choice';
