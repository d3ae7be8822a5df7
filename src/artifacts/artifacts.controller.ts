import { Controller, Delete, Get, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { CurrentAccess, Requires, type Access } from '../access';
import { NativeApi, Operation, type HttpRequest } from '../common';
import { ArtifactsAnswer, FolderDto } from './artifacts.dto';
import { CandidateArtifacts } from './candidate-artifacts';
import { pathBehind } from './http/receive-artifact';

const route = '/artifacts/raw/';
const anyContent = ['application/octet-stream'];

/** A candidate's artifacts on the native API. */
@NativeApi('Artifacts')
@Controller('projects/:project/ml/candidates/:iid/artifacts')
export class ArtifactsController {
  constructor(private readonly artifacts: CandidateArtifacts) {}

  @Get()
  @Requires('artifacts:read')
  @Operation('List a folder of a candidate', { answer: ArtifactsAnswer, refusals: ['unsupported'] })
  list(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Query() { path }: FolderDto,
  ): Promise<ArtifactsAnswer> {
    return this.artifacts.list(project.id, iid, path ?? '');
  }

  @Get('raw/*')
  @Requires('artifacts:read')
  @Operation('Download a file', {
    content: anyContent,
    refusals: ['unsupported'],
    description: 'With one range if the request has one. No browser runs it: it comes as an attachment in a sandbox.',
  })
  async raw(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Req() request: HttpRequest,
    @Res() response: object,
  ): Promise<void> {
    await this.artifacts.send(project.id, iid, pathBehind(request, route), { request, response });
  }

  @Put('raw/*')
  @Requires('artifacts:write')
  @ApiBody({
    required: true,
    description: 'The content, whatever its type.',
    schema: { type: 'string', format: 'binary' },
  })
  @Operation('Upload a file', {
    refusals: ['conflict', 'too-large', 'unsupported'],
    description: 'The body is the content, streamed; a file of this name is replaced. Half an upload is never listed.',
  })
  async put(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Req() request: HttpRequest,
  ): Promise<void> {
    await this.artifacts.receive(project.id, iid, pathBehind(request, route), request);
  }

  @Delete('raw/*')
  @Requires('artifacts:write')
  @Operation('Delete a file, or a folder with all below it', {
    refusals: ['unsupported'],
    description: 'Safe to repeat: what is not there is no error.',
  })
  async remove(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Req() request: HttpRequest,
  ): Promise<void> {
    await this.artifacts.remove(project.id, iid, pathBehind(request, route));
  }
}
