import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments';
import { CandidateLog } from './api/candidate-log.service';
import { CandidatesApi } from './api/candidates-api.service';
import { CandidatesController } from './api/candidates.controller';
import { KeysController } from './api/keys.controller';
import { LoggingController } from './api/logging.controller';
import { MetricsController } from './api/metrics.controller';
import { CandidateChanges } from './candidate-changes';
import { CandidatePurge } from './purge/candidate-purge';
import { CandidatesService } from './candidates.service';
import { CandidatesRepository } from './changing/candidates.repository';
import { ExperimentFollower } from './changing/experiment-follower';
import { TagChanger } from './changing/tag-changer';
import { CandidateCreator } from './creating/candidate-creator';
import { TableStatistics } from './creating/table-statistics';
import { CandidateExports } from './export/candidate-exports';
import { ExportController } from './export/export.controller';
import { Snapshots } from './export/snapshots';
import { KeyCatalogue } from './keys/key-catalogue';
import { MetricPoints } from './metrics/metric-points';
import { MetricSummaries } from './metrics/metric-summaries';
import { SampledSeries } from './metrics/sampled-series';
import { CandidateDatasets } from './reading/candidate-datasets';
import { CandidateReader } from './reading/candidate-reader';
import { ExperimentActivity } from './reading/experiment-activity';
import { MetricHistory } from './reading/metric-history';
import { CandidateSearch } from './search';
import { CandidateFinder } from './selection/candidate-finder';
import { CandidateSelections } from './selection/candidate-selections';
import { CandidateWriter } from './writing/candidate-writer';
import { MetricIds } from './writing/metric-ids';

/** Candidates: what is tried, and all that is logged to it. */
@Module({
  imports: [ExperimentsModule],
  // Before the others: `candidates/export` is no candidate's number.
  controllers: [ExportController, CandidatesController, LoggingController, MetricsController, KeysController],
  providers: [
    CandidateChanges,
    CandidateCreator,
    CandidatePurge,
    CandidateDatasets,
    CandidateExports,
    CandidateFinder,
    CandidateLog,
    CandidateReader,
    CandidateSearch,
    CandidateSelections,
    CandidateWriter,
    CandidatesApi,
    CandidatesRepository,
    CandidatesService,
    ExperimentActivity,
    ExperimentFollower,
    KeyCatalogue,
    MetricHistory,
    MetricIds,
    MetricPoints,
    MetricSummaries,
    SampledSeries,
    Snapshots,
    TableStatistics,
    TagChanger,
  ],
  exports: [
    CandidateChanges,
    CandidatePurge,
    CandidateDatasets,
    CandidateFinder,
    CandidatesService,
    ExperimentActivity,
    TagChanger,
  ],
})
export class CandidatesModule {}
