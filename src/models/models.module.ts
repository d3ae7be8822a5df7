import { Module } from '@nestjs/common';
import { ArtifactsModule } from '../artifacts';
import { CandidatesModule } from '../candidates';
import { ExperimentsModule } from '../experiments';
import { CandidateModelsService } from './logged/candidate-models.service';
import { LoggedModelsRepository } from './logged/logged-models.repository';
import { LoggedModelsService } from './logged/logged-models.service';
import { LoggedModelsSearch } from './logged/search/logged-models-search';
import { ModelPurge } from './purge/model-purge';

/** The models that candidates log. */
@Module({
  imports: [ExperimentsModule, CandidatesModule, ArtifactsModule],
  providers: [ModelPurge, LoggedModelsService, LoggedModelsRepository, LoggedModelsSearch, CandidateModelsService],
  exports: [ModelPurge, LoggedModelsService, CandidateModelsService],
})
export class ModelsModule {}
