export type { Experiment, ExperimentSearch, NewExperiment } from './experiment';
export type { ExperimentChange, ExperimentListener } from './experiment-listener';
export { ExperimentsModule } from './experiments.module';
export { ExperimentsService } from './experiments.service';
export { ExperimentPurge } from './purge/experiment-purge';
