import { Body, Controller, Delete, Get, HttpCode, Param, ParseIntPipe, Patch, Post, Put } from '@nestjs/common';
import { NativeApi, Requires } from '../../index';
import {
  MemberDto,
  NewMergeRequestDto,
  NewProjectDto,
  NewProjectTokenDto,
  NewUserDto,
  NewUserTokenDto,
  PushDto,
  StateDto,
} from './local-forge.dto';
import { LocalForgeService } from './local-forge.service';
import type { CreatedProject } from './local-forge.service';

/** The local forge's management, for its administrator's token; what other forges do on their own pages. */
@NativeApi()
@Controller('api/v4')
export class LocalForgeController {
  constructor(private readonly forge: LocalForgeService) {}

  /** Makes a project and enables Assay on it; the token is a project access token that writes, shown this once. */
  @Post('projects')
  @Requires('operator')
  createProject(@Body() body: NewProjectDto): Promise<CreatedProject> {
    return this.forge.createProject(body);
  }

  @Get('projects')
  @Requires('operator')
  projects(): Promise<unknown> {
    return this.forge.projects();
  }

  @Post('users')
  @Requires('operator')
  createUser(@Body() { username }: NewUserDto): Promise<unknown> {
    return this.forge.createUser(username);
  }

  @Post('users/:username/tokens')
  @Requires('operator')
  createToken(@Param('username') username: string, @Body() body: NewUserTokenDto): Promise<unknown> {
    return this.forge.createToken(username, body);
  }

  /** A token of a bot for this project alone, shown this once. */
  @Post('projects/:project/access_tokens')
  @Requires('operator')
  createProjectToken(@Param('project') project: string, @Body() body: NewProjectTokenDto): Promise<unknown> {
    return this.forge.createProjectToken(project, body);
  }

  @Delete('tokens/:id')
  @HttpCode(204)
  @Requires('operator')
  revokeToken(@Param('id', ParseIntPipe) id: number): Promise<void> {
    return this.forge.revokeToken(id);
  }

  @Get('projects/:project/members')
  @Requires('operator')
  members(@Param('project') project: string): Promise<unknown> {
    return this.forge.members(project);
  }

  @Put('projects/:project/members')
  @HttpCode(204)
  @Requires('operator')
  setMember(@Param('project') project: string, @Body() { username, role }: MemberDto): Promise<void> {
    return this.forge.setMember(project, username, role);
  }

  @Delete('projects/:project/members/:username')
  @HttpCode(204)
  @Requires('operator')
  removeMember(@Param('project') project: string, @Param('username') username: string): Promise<void> {
    return this.forge.removeMember(project, username);
  }

  /** Moves a branch to a new commit; a new branch begins at the default branch. */
  @Post('projects/:project/commits')
  @Requires('operator')
  push(@Param('project') project: string, @Body() body: PushDto): Promise<unknown> {
    return this.forge.push(project, body);
  }

  @Post('projects/:project/merge_requests')
  @Requires('operator')
  createMergeRequest(@Param('project') project: string, @Body() body: NewMergeRequestDto): Promise<unknown> {
    return this.forge.createMergeRequest(project, body);
  }

  /** With its comments and the statuses of its head, as people see them on the merge request. */
  @Get('projects/:project/merge_requests/:iid')
  @Requires('operator')
  mergeRequest(@Param('project') project: string, @Param('iid', ParseIntPipe) iid: number): Promise<unknown> {
    return this.forge.mergeRequest(project, iid);
  }

  @Patch('projects/:project/merge_requests/:iid')
  @HttpCode(204)
  @Requires('operator')
  endMergeRequest(
    @Param('project') project: string,
    @Param('iid', ParseIntPipe) iid: number,
    @Body() { state }: StateDto,
  ): Promise<void> {
    return this.forge.endMergeRequest(project, iid, state);
  }
}
