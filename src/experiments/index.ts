export type { Experiment, ExperimentSearch, NewExperiment, View } from './experiment';
export { ExperimentsService } from './experiments.service';
