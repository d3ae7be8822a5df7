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
