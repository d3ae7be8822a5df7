import { Module } from '@nestjs/common';
import { ArtifactsModule } from '../artifacts';
import { CandidatesModule } from '../candidates';
import { ExperimentsModule } from '../experiments';
import { MergeRequestsModule } from '../merge-requests';
import { ModelsModule } from '../models';
import { PermanentDeletionController } from './api/permanent-deletion.controller';
import { Forecast } from './forecast';
import { GarbageCollector } from './garbage-collector';
import { PermanentDeletion } from './permanent-deletion.service';
import { PurgeWorker } from './purge-worker';
import { Purger } from './purger';
import { StoredFolders } from './stored-folders';

/** Deleting for good; needs {@link DeletionOptions} from outside. */
@Module({
  imports: [ExperimentsModule, CandidatesModule, ArtifactsModule, ModelsModule, MergeRequestsModule],
  controllers: [PermanentDeletionController],
  providers: [Forecast, GarbageCollector, PermanentDeletion, PurgeWorker, Purger, StoredFolders],
})
export class DeletionModule {}
