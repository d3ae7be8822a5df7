export { ArtifactsModule } from './artifacts.module';
export { artifactsDefaults, ArtifactsOptions } from './artifacts.options';
export {
  ArtifactsService,
  type Artifact,
  type ArtifactAccess,
  type OwnerCheck,
  type UploadOptions,
} from './artifacts.service';
export { artifactKey } from './artifact-path';
export { ProjectStorage } from './storage/project-storage';
export type { ProjectFile, StorageChange, StorageUsage } from './storage/storage-usage';
export {
  ArtifactStore,
  type ByteRange,
  type StoredEntry,
  type StoredFile,
  type WalkedFile,
  type WriteOptions,
} from './store/artifact-store';
export type { DirectTransfers, UnfinishedUpload } from './store/direct-transfers';
export { FileStore } from './store/file.store';
export type { S3Options } from './store/s3-client';
export { S3Store } from './store/s3.store';
export { pathBehind, receiveArtifact } from './http/receive-artifact';
export { sendArtifact } from './http/send-artifact';
export { MultipartUploads } from './uploads/multipart-uploads.service';
export { PresignedArtifacts } from './uploads/presigned-artifacts.service';
export { directSeconds } from './uploads/reach';
export { UploadsRepository } from './uploads/uploads.repository';
export { UploadSweeper, type SweptUploads, type UploadSweep } from './uploads/upload-sweeper';
