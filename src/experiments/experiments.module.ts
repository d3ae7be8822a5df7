import { Module } from '@nestjs/common';
import { ExperimentsController } from './api/experiments.controller';
import { DefaultExperiment } from './default-experiment';
import { ExperimentsRepository } from './experiments.repository';
import { ExperimentsService } from './experiments.service';
import { ExperimentPurge } from './purge/experiment-purge';
import { ExperimentsSearch } from './search/experiments-search';

/** Experiments, and the Default one of every project. */
@Module({
  controllers: [ExperimentsController],
  providers: [DefaultExperiment, ExperimentPurge, ExperimentsRepository, ExperimentsSearch, ExperimentsService],
  exports: [ExperimentPurge, ExperimentsService],
})
export class ExperimentsModule {}
