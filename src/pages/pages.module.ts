import { Module } from '@nestjs/common';
import { ArtifactsModule } from '../artifacts';
import { CandidatesModule } from '../candidates';
import { ExperimentsModule } from '../experiments';
import { MergeRequestsModule } from '../merge-requests';
import { CandidatePageController } from './candidate/candidate-page.controller';
import { CandidateViews } from './candidate/candidate.views';
import { ExperimentPageController } from './experiment/experiment-page.controller';
import { ExperimentViews } from './experiment/experiment.views';
import { ExperimentsPageController } from './experiments/experiments-page.controller';
import { ExperimentsViews } from './experiments/experiments.views';

/** Plain pages of experiments and candidates, readable without JavaScript; they stand at the server's root. */
@Module({
  imports: [ArtifactsModule, CandidatesModule, ExperimentsModule, MergeRequestsModule],
  controllers: [ExperimentsPageController, ExperimentPageController, CandidatePageController],
  providers: [CandidateViews, ExperimentViews, ExperimentsViews],
})
export class PagesModule {}
