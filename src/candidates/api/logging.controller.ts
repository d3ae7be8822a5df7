import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { CurrentAccess, Requires, type Access } from '../../access';
import { JsonBody, NativeApi, Operation } from '../../common';
import { InputsAnswer } from './candidate.answers';
import { CandidateLog } from './candidate-log.service';
import { NameQuery, TagsBody } from './candidates.dto';
import { InputsBody } from './inputs.dto';
import { LogBody, readLog } from './log.request';

/** Logging to candidates on the native API. */
@NativeApi('Candidates')
@Controller('projects/:project/ml/candidates/:iid')
export class LoggingController {
  constructor(private readonly log: CandidateLog) {}

  @Post('log')
  @Requires('candidates:write')
  @ApiBody({ type: LogBody })
  @Operation('Log points, params and tags in one batch', {
    refusals: ['too-large'],
    description:
      'All of it or nothing. Safe to repeat: what is there already is no error, but a param with another value is.',
  })
  async write(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @JsonBody() body: unknown,
  ): Promise<void> {
    await this.log.write(project.id, iid, readLog(body));
  }

  @Post('tags')
  @Requires('candidates:write')
  @Operation('Set tags')
  async setTags(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Body() { tags }: TagsBody,
  ): Promise<void> {
    await this.log.write(project.id, iid, { points: [], params: [], tags });
  }

  @Delete('tags')
  @Requires('candidates:write')
  @Operation('Delete a tag')
  async deleteTag(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Query() { name }: NameQuery,
  ): Promise<void> {
    await this.log.deleteTag(project.id, iid, name);
  }

  @Get('inputs')
  @Requires('candidates:read')
  @Operation('List the datasets that a candidate used', { answer: InputsAnswer })
  inputs(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<InputsAnswer> {
    return this.log.inputs(project.id, iid);
  }

  @Post('inputs')
  @Requires('candidates:write')
  @Operation('Log the datasets that a candidate used', {
    description: 'Safe to repeat; the first tags of an input hold.',
  })
  async logInputs(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Body() body: InputsBody,
  ): Promise<void> {
    await this.log.addInputs(project.id, iid, body.inputs());
  }
}
