export type {
  Candidate,
  CandidateData,
  CandidateDetails,
  CandidateInput,
  CandidateSource,
  CandidateStatus,
  Dataset,
  LatestMetric,
  MetricPoint,
} from './candidate';
export { CandidateChanges } from './candidate-changes';
export { candidateField } from './candidate-errors';
export { CandidatesModule } from './candidates.module';
export { candidatesDefaults, CandidatesOptions } from './candidates.options';
export { CandidatesService } from './candidates.service';
export { CandidateDatasets, type DatasetSummary } from './reading/candidate-datasets';
export { TagChanger } from './changing/tag-changer';
export { ExperimentActivity, type Activity } from './reading/experiment-activity';
export { CandidateFinder } from './selection/candidate-finder';
export { randomName } from './naming/random-name';
export type {
  CandidateQuery,
  CandidateUpdate,
  CandidateWrite,
  HistoryPage,
  HistorySample,
  NewCandidate,
} from './requests';
export { CandidatePurge, type GoingCandidate } from './purge/candidate-purge';
