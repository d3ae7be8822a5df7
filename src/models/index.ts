export { CandidateModelsService } from './logged/candidate-models.service';
export type {
  CandidateModels,
  DatasetFilter,
  LoggedModel,
  LoggedModelOrder,
  LoggedModelSearch,
  LoggedModelStatus,
  ModelMetricPoint,
  ModelMetricWrite,
  ModelOutput,
  NewLoggedModel,
} from './logged/logged-model';
export { LoggedModelsService } from './logged/logged-models.service';
export { ModelsModule } from './models.module';
export { ModelPurge, type GoingModel } from './purge/model-purge';
