import { Get, Req, Res } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { ArtifactsService, sendArtifact } from '../../artifacts';
import { CandidatesService } from '../../candidates';
import type { HttpRequest } from '../../common';
import { ofRun, readRunId } from '../runs/run-id';
import { Message, MlflowApi, MlflowRoutes, unlessEmpty, type Fields } from '../wire';
import { ArtifactRoots } from './artifact-roots';
import { toFileInfo } from './file-info.presenter';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#list-artifacts */
@MlflowApi('artifacts')
export class ArtifactListController {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly artifacts: ArtifactsService,
  ) {}

  /** Paths are relative to the run's root, unlike those of the proxy. */
  @Get('list')
  @Requires('artifacts:read')
  async list(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const eid = readRunId(fields);
    const folder = (fields.string('path') ?? '').replace(/\/$/, '');
    const { candidate } = await ofRun(eid, this.candidates.get(project.id, eid));
    const entries = await this.artifacts.listOf(project.id, candidate, folder);
    const files = entries.map((entry) => toFileInfo(entry, folder));
    return { root_uri: this.artifacts.uriOf(candidate), ...unlessEmpty('files', files) };
  }
}

/** What MLflow's own pages download by. */
@MlflowRoutes('')
export class ArtifactDownloadController {
  constructor(
    private readonly roots: ArtifactRoots,
    private readonly artifacts: ArtifactsService,
  ) {}

  @Get('get-artifact')
  @Requires('artifacts:read')
  async download(
    @CurrentAccess() { project }: Access,
    @Message() fields: Fields,
    @Req() request: HttpRequest,
    @Res() response: object,
  ): Promise<void> {
    const path = fields.requiredString('path');
    const root = await this.roots.ofRun(project.id, fields.string('run_id') || fields.requiredString('run_uuid'));
    await sendArtifact(request, response, await this.artifacts.open(project.id, `${root}/${path}`));
  }
}
