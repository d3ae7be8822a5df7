import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments';
import { CandidatesController } from './api/candidates.controller';
import { CandidateChanges } from './candidate-changes';
import { CandidatesService } from './candidates.service';
import { CandidatesRepository } from './changing/candidates.repository';
import { ExperimentFollower } from './changing/experiment-follower';
import { CandidateCreator } from './creating/candidate-creator';
import { TableStatistics } from './creating/table-statistics';
import { CandidateExports } from './export/candidate-exports';
import { ExportController } from './export/export.controller';
import { Snapshots } from './export/snapshots';
import { CandidateReader } from './reading/candidate-reader';
import { ExperimentActivity } from './reading/experiment-activity';
import { MetricHistory } from './reading/metric-history';
import { CandidateSearch } from './search';
import { CandidateWriter } from './writing/candidate-writer';
import { MetricIds } from './writing/metric-ids';

/** Candidates: what is tried, and all that is logged to it. */
@Module({
  imports: [ExperimentsModule],
  // Before the others: `candidates/export` is no candidate's number.
  controllers: [ExportController, CandidatesController],
  providers: [
    CandidateChanges,
    CandidateCreator,
    CandidateExports,
    CandidateReader,
    CandidateSearch,
    CandidateWriter,
    CandidatesRepository,
    CandidatesService,
    ExperimentActivity,
    ExperimentFollower,
    MetricHistory,
    MetricIds,
    Snapshots,
    TableStatistics,
  ],
  exports: [CandidateChanges, CandidatesService, ExperimentActivity],
})
export class CandidatesModule {}
