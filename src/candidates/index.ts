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
export { ExperimentActivity, type Activity } from './reading/experiment-activity';
export { randomName } from './naming/random-name';
export type { CandidateQuery, CandidateUpdate, CandidateWrite, HistoryPage, NewCandidate } from './requests';
