export {
  Forge,
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
export { LocalForgeAdmin, type NewProjectToken } from './local/local.admin';
export { LocalForge } from './local/local.forge';
export type { LocalBranch } from './local/commits';
export type { LocalComment } from './local/discussions';
export type { ForgeListener } from './local/events';
export type { LocalMergeRequest } from './local/merge-requests';
export type { LocalMember, LocalUser } from './local/people';
export type { LocalProject } from './local/projects';
export type { CreatedToken, LocalScope, LocalToken, NewToken } from './local/tokens';
export { measuredForge } from './measured-forge';
export { GiteaForge, type GiteaForgeOptions } from './gitea/gitea.forge';
