import { Module } from '@nestjs/common';
import { AccessModule } from '../access';
import { CandidatesModule } from '../candidates';
import { ArtifactsController } from './artifacts.controller';
import { ArtifactsService } from './artifacts.service';
import { CandidateArtifacts } from './candidate-artifacts';
import { ProjectStorage } from './storage/project-storage';
import { StorageCard } from './storage/storage-card';
import { StorageLimits } from './storage/storage-limits.service';
import { StorageController } from './storage/storage.controller';
import { StoreStart } from './store/store-start';
import { MultipartUploads } from './uploads/multipart-uploads.service';
import { PresignedArtifacts } from './uploads/presigned-artifacts.service';
import { UploadSweeper } from './uploads/upload-sweeper';
import { UploadSweeps } from './uploads/upload-sweeps';
import { UploadsRepository } from './uploads/uploads.repository';

/** Artifacts; needs {@link ArtifactStore} and {@link ArtifactsOptions} from outside. */
@Module({
  imports: [AccessModule, CandidatesModule],
  controllers: [ArtifactsController, StorageController],
  providers: [
    ArtifactsService,
    CandidateArtifacts,
    MultipartUploads,
    PresignedArtifacts,
    ProjectStorage,
    StorageCard,
    StorageLimits,
    StoreStart,
    UploadSweeper,
    UploadSweeps,
    UploadsRepository,
  ],
  exports: [ArtifactsService, MultipartUploads, PresignedArtifacts, ProjectStorage, UploadSweeper],
})
export class ArtifactsModule {}
