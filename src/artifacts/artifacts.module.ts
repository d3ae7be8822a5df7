import { Module } from '@nestjs/common';
import { CandidatesModule } from '../candidates';
import { ArtifactsService } from './artifacts.service';

/** Artifacts; needs {@link ArtifactStore} and {@link ArtifactsOptions} from outside. */
@Module({ imports: [CandidatesModule], providers: [ArtifactsService], exports: [ArtifactsService] })
export class ArtifactsModule {}
