import { Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { ExperimentsService } from '../../experiments';
import { Message, MlflowApi, readNamedValue, type Fields } from '../wire';
import { ofExperiment, readExperimentId } from './experiment-id';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#set-experiment-tag and its sibling. */
@MlflowApi('experiments')
export class ExperimentTagsController {
  constructor(private readonly experiments: ExperimentsService) {}

  @Post('set-experiment-tag')
  @Requires('experiments:write')
  async set(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [iid, { name, value }] = [readExperimentId(fields), readNamedValue(fields)];
    await ofExperiment(iid, this.experiments.setTag(project.id, iid, name, value));
    return {};
  }

  @Post('delete-experiment-tag')
  @Requires('experiments:write')
  async delete(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [iid, name] = [readExperimentId(fields), fields.requiredString('key')];
    await ofExperiment(iid, this.experiments.deleteTag(project.id, iid, name));
    return {};
  }
}
