import { Get, Param, Req, Res } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { ArtifactsService, sendArtifact } from '../../artifacts';
import { invalid, type HttpRequest } from '../../common';
import { LoggedModelsService } from '../../models';
import { ArtifactRoots } from '../artifacts/artifact-roots';
import { toFileInfo } from '../artifacts/file-info.presenter';
import { Message, MlflowApi, unlessEmpty, type Fields } from '../wire';

/** The files of logged models; paths are relative to the model's root. */
@MlflowApi('logged-models/:modelId/artifacts')
export class LoggedModelArtifactsController {
  constructor(
    private readonly models: LoggedModelsService,
    private readonly artifacts: ArtifactsService,
    private readonly roots: ArtifactRoots,
  ) {}

  @Get('directories')
  @Requires('artifacts:read')
  async list(
    @CurrentAccess() { project }: Access,
    @Param('modelId') id: string,
    @Message() fields: Fields,
  ): Promise<object> {
    const folder = (fields.string('artifact_directory_path') ?? '').replace(/\/$/, '');
    const model = await this.models.get(project.id, id);
    const root = this.artifacts.ownRoot(this.models.rootOf(model), this.models.uriOf(model));
    const entries = await this.artifacts.list(project.id, folder === '' ? root : `${root}/${folder}`);
    const files = entries.map((entry) => toFileInfo(entry, folder));
    return { root_uri: this.models.uriOf(model), ...unlessEmpty('files', files) };
  }

  /** What MLflow's own pages download by. */
  @Get('files')
  @Requires('artifacts:read')
  async download(
    @CurrentAccess() { project }: Access,
    @Param('modelId') id: string,
    @Message() fields: Fields,
    @Req() request: HttpRequest,
    @Res() response: object,
  ): Promise<void> {
    const path = fields.string('artifact_file_path') ?? '';
    if (path === '') throw invalid('Request must include the "artifact_file_path" query parameter.');
    const root = await this.roots.ofModel(project.id, id);
    await sendArtifact(request, response, await this.artifacts.open(project.id, `${root}/${path}`));
  }
}
