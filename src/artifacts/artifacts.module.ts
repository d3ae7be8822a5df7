import { Module } from '@nestjs/common';
import { AccessModule } from '../access';
import { CandidatesModule } from '../candidates';
import { ArtifactsController } from './artifacts.controller';
import { ArtifactsService } from './artifacts.service';
import { CandidateArtifacts } from './candidate-artifacts';
import { ProjectStorage } from './storage/project-storage';
import { StoreStart } from './store/store-start';

/** Artifacts; needs {@link ArtifactStore} and {@link ArtifactsOptions} from outside. */
@Module({
  imports: [AccessModule, CandidatesModule],
  controllers: [ArtifactsController],
  providers: [ArtifactsService, CandidateArtifacts, ProjectStorage, StoreStart],
  exports: [ArtifactsService, ProjectStorage],
})
export class ArtifactsModule {}
