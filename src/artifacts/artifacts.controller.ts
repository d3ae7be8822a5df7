import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../access';
import { NativeApi, type HttpRequest } from '../common';
import { FolderDto } from './artifacts.dto';
import { CandidateArtifacts } from './candidate-artifacts';
import { pathBehind } from './http/receive-artifact';

/** A candidate's artifacts, to be read by people's tools. */
@NativeApi()
@Controller('projects/:project/ml/candidates/:iid/artifacts')
export class ArtifactsController {
  constructor(private readonly artifacts: CandidateArtifacts) {}

  @Get()
  @Requires('artifacts:read')
  list(@CurrentAccess() { project }: Access, @Param('iid') iid: string, @Query() { path }: FolderDto): Promise<object> {
    return this.artifacts.list(project.id, iid, path ?? '');
  }

  @Get('raw/*')
  @Requires('artifacts:read')
  async raw(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Req() request: HttpRequest,
    @Res() response: object,
  ): Promise<void> {
    await this.artifacts.send(project.id, iid, pathBehind(request, '/artifacts/raw/'), { request, response });
  }
}
