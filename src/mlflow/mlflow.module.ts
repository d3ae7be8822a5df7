import { Module } from '@nestjs/common';
import { AccessModule } from '../access';
import { ArtifactsModule } from '../artifacts';
import { PageErrorFilter } from '../common';
import { CandidatesModule } from '../candidates';
import { ExperimentsModule } from '../experiments';
import { ModelsModule } from '../models';
import { ArtifactRoots } from './artifacts/artifact-roots';
import { ArtifactDownloadController, ArtifactListController } from './artifacts/artifacts.controller';
import { PresignedUrlsController } from './artifacts/presigned-urls.controller';
import { ArtifactProxyController } from './artifacts/proxy.controller';
import { TransfersController } from './artifacts/transfers.controller';
import { UploadArtifactController } from './artifacts/upload-artifact.controller';
import { TrackingRootErrorFilter } from './browser/tracking-root';
import { SearchDatasetsController } from './datasets/search-datasets.controller';
import { ExperimentTagsController } from './experiments/experiment-tags.controller';
import { ExperimentsController } from './experiments/experiments.controller';
import { LoggedModelArtifactsController } from './logged-models/logged-model-artifacts.controller';
import { LoggedModelsController } from './logged-models/logged-models.controller';
import { BulkHistoryController } from './metrics/bulk-history.controller';
import { MetricsController } from './metrics/metrics.controller';
import { LoggingController } from './runs/logging.controller';
import { ModelHistory } from './runs/model-history.service';
import { RunModelsController } from './runs/models.controller';
import { RunsController } from './runs/runs.controller';
import { ServerController } from './server/server.controller';
import { UnknownEndpointController } from './server/unknown-endpoint.controller';
import { MlflowErrorFilter } from './wire';

/** The MLflow tracking protocol below each project. The last controller takes what the others left. */
@Module({
  imports: [AccessModule, ExperimentsModule, CandidatesModule, ArtifactsModule, ModelsModule],
  controllers: [
    ExperimentsController,
    ExperimentTagsController,
    SearchDatasetsController,
    RunsController,
    LoggingController,
    RunModelsController,
    MetricsController,
    BulkHistoryController,
    ArtifactProxyController,
    ArtifactListController,
    ArtifactDownloadController,
    PresignedUrlsController,
    TransfersController,
    UploadArtifactController,
    LoggedModelsController,
    LoggedModelArtifactsController,
    ServerController,
    UnknownEndpointController,
  ],
  providers: [ArtifactRoots, ModelHistory, MlflowErrorFilter, PageErrorFilter, TrackingRootErrorFilter],
})
export class MlflowModule {}
