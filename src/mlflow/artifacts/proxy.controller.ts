import { Delete, Get, Put, Req, Res } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { ArtifactsService, pathBehind, receiveArtifact, sendArtifact } from '../../artifacts';
import type { HttpRequest } from '../../common';
import { Message, MlflowRoutes, unlessEmpty, type Fields } from '../wire';
import { toFileInfo } from './file-info.presenter';

const route = '/mlflow-artifacts/artifacts/';

/**
 * Artifacts by their `mlflow-artifacts:` addresses, streamed both ways.
 * @see https://mlflow.org/docs/latest/self-hosting/architecture/artifact-store/
 */
@MlflowRoutes('api/2.0/mlflow-artifacts', 'ajax-api/2.0/mlflow-artifacts')
export class ArtifactProxyController {
  constructor(private readonly artifacts: ArtifactsService) {}

  @Get('artifacts')
  @Requires('artifacts:read')
  async list(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const entries = await this.artifacts.list(project.id, fields.requiredString('path'));
    return unlessEmpty(
      'files',
      entries.map((entry) => toFileInfo(entry, '')),
    );
  }

  @Get('artifacts/*')
  @Requires('artifacts:read')
  async download(
    @CurrentAccess() { project }: Access,
    @Req() request: HttpRequest,
    @Res() response: object,
  ): Promise<void> {
    await sendArtifact(request, response, await this.artifacts.open(project.id, pathBehind(request, route)));
  }

  @Put('artifacts/*')
  @Requires('artifacts:write')
  async upload(@CurrentAccess() { project }: Access, @Req() request: HttpRequest): Promise<object> {
    const { content, options } = receiveArtifact(request);
    await this.artifacts.upload(project.id, pathBehind(request, route), content, options);
    return {};
  }

  @Delete('artifacts/*')
  @Requires('artifacts:write')
  async remove(@CurrentAccess() { project }: Access, @Req() request: HttpRequest): Promise<object> {
    await this.artifacts.remove(project.id, pathBehind(request, route));
    return {};
  }
}
