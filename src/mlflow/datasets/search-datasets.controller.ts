import { Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidateDatasets } from '../../candidates';
import { Message, MlflowApi, unlessEmpty, type Fields } from '../wire';
import { readDatasetSearch, toDatasetSummary } from './dataset-summary';

/** The datasets of experiments, as MLflow's own pages ask for them: the client has no method for it. */
@MlflowApi('experiments')
export class SearchDatasetsController {
  constructor(private readonly datasets: CandidateDatasets) {}

  @Post('search-datasets')
  @Requires('candidates:read')
  async search(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const found = await this.datasets.ofExperiments(project.id, readDatasetSearch(fields));
    return unlessEmpty('dataset_summaries', found.map(toDatasetSummary));
  }
}
