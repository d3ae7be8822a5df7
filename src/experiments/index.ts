export type { Experiment, ExperimentSearch, NewExperiment, View } from './experiment';
export type { ExperimentChange, ExperimentListener } from './experiment-listener';
export { ExperimentsModule } from './experiments.module';
export { ExperimentsService } from './experiments.service';
