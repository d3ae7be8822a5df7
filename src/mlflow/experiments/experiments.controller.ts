import { Get, Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { ExperimentsService } from '../../experiments';
import { Message, MlflowApi, toNextPage, type Fields } from '../wire';
import { ofExperiment, readExperimentId } from './experiment-id';
import { toExperiment, type WireExperiment } from './experiment.presenter';
import { readExperimentSearch, readNewExperiment } from './experiment.requests';

interface ExperimentsPage {
  readonly experiments?: readonly WireExperiment[];
  readonly next_page_token?: string;
}

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#create-experiment and its siblings. */
@MlflowApi('experiments')
export class ExperimentsController {
  constructor(private readonly experiments: ExperimentsService) {}

  @Post('create')
  @Requires('experiments:write')
  async create(@CurrentAccess() { project, principal }: Access, @Message() fields: Fields): Promise<object> {
    const experiment = await this.experiments.create(project.id, readNewExperiment(fields, principal.name));
    return { experiment_id: String(experiment.iid) };
  }

  @Get('get')
  @Requires('experiments:read')
  async get(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const iid = readExperimentId(fields);
    return { experiment: toExperiment(await ofExperiment(iid, this.experiments.get(project.id, iid))) };
  }

  @Get('get-by-name')
  @Requires('experiments:read')
  async getByName(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const name = fields.requiredString('experiment_name');
    return { experiment: toExperiment(await this.experiments.getByName(project.id, name)) };
  }

  @Post('search')
  @Requires('experiments:read')
  async search(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<ExperimentsPage> {
    const { items, nextPageToken } = await this.experiments.search(project.id, readExperimentSearch(fields));
    const experiments = items.map(toExperiment);
    return { ...(experiments.length === 0 ? {} : { experiments }), ...toNextPage(nextPageToken) };
  }

  @Get('search')
  @Requires('experiments:read')
  searchByQuery(@CurrentAccess() access: Access, @Message() fields: Fields): Promise<ExperimentsPage> {
    return this.search(access, fields);
  }

  @Post('update')
  @Requires('experiments:write')
  async update(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const iid = readExperimentId(fields);
    await ofExperiment(iid, this.experiments.rename(project.id, iid, fields.requiredString('new_name')));
    return {};
  }

  @Post('delete')
  @Requires('experiments:write')
  async delete(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const iid = readExperimentId(fields);
    await ofExperiment(iid, this.experiments.delete(project.id, iid));
    return {};
  }

  @Post('restore')
  @Requires('experiments:write')
  async restore(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const iid = readExperimentId(fields);
    await ofExperiment(iid, this.experiments.restore(project.id, iid));
    return {};
  }
}
