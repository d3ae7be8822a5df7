import { Body, Controller, Delete, Get, Param, ParseIntPipe, Patch, Post, Put } from '@nestjs/common';
import { NativeApi, Operation, Requires } from '../../index';
import {
  CreatedProject,
  LocalMergeRequestAnswer,
  LocalProjectAnswer,
  LocalUserAnswer,
  MemberAnswer,
  ProjectTokenAnswer,
  PushAnswer,
  UserTokenAnswer,
} from './local-forge.answers';
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

/** The local forge's management, for its administrator's token; what other forges do on their own pages. */
@NativeApi('Local forge')
@Controller('api/v4')
export class LocalForgeController {
  constructor(private readonly forge: LocalForgeService) {}

  @Post('projects')
  @Requires('operator')
  @Operation('Make a project and enable experiments on it', { answer: CreatedProject, status: 201 })
  createProject(@Body() body: NewProjectDto): Promise<CreatedProject> {
    return this.forge.createProject(body);
  }

  @Get('projects')
  @Requires('operator')
  @Operation('List the projects', { answer: LocalProjectAnswer, list: true })
  projects(): Promise<LocalProjectAnswer[]> {
    return this.forge.projects();
  }

  @Post('users')
  @Requires('operator')
  @Operation('Make a user', { answer: LocalUserAnswer, status: 201 })
  createUser(@Body() { username }: NewUserDto): Promise<LocalUserAnswer> {
    return this.forge.createUser(username);
  }

  @Post('users/:username/tokens')
  @Requires('operator')
  @Operation('Make a token of a user', { answer: UserTokenAnswer, status: 201 })
  createToken(@Param('username') username: string, @Body() body: NewUserTokenDto): Promise<UserTokenAnswer> {
    return this.forge.createToken(username, body);
  }

  @Post('projects/:project/access_tokens')
  @Requires('operator')
  @Operation('Make a token of a bot for one project alone', { answer: ProjectTokenAnswer, status: 201 })
  createProjectToken(@Param('project') project: string, @Body() body: NewProjectTokenDto): Promise<ProjectTokenAnswer> {
    return this.forge.createProjectToken(project, body);
  }

  @Delete('tokens/:id')
  @Requires('operator')
  @Operation('Revoke a token')
  revokeToken(@Param('id', ParseIntPipe) id: number): Promise<void> {
    return this.forge.revokeToken(id);
  }

  @Get('projects/:project/members')
  @Requires('operator')
  @Operation('List who works on a project', { answer: MemberAnswer, list: true })
  members(@Param('project') project: string): Promise<MemberAnswer[]> {
    return this.forge.members(project);
  }

  @Put('projects/:project/members')
  @Requires('operator')
  @Operation('Let a user work on a project')
  setMember(@Param('project') project: string, @Body() { username, role }: MemberDto): Promise<void> {
    return this.forge.setMember(project, username, role);
  }

  @Delete('projects/:project/members/:username')
  @Requires('operator')
  @Operation('Let a user no longer work on a project')
  removeMember(@Param('project') project: string, @Param('username') username: string): Promise<void> {
    return this.forge.removeMember(project, username);
  }

  @Post('projects/:project/commits')
  @Requires('operator')
  @Operation('Move a branch to a new commit', {
    answer: PushAnswer,
    status: 201,
    description: 'A new branch begins at the default branch.',
  })
  push(@Param('project') project: string, @Body() body: PushDto): Promise<PushAnswer> {
    return this.forge.push(project, body);
  }

  @Post('projects/:project/merge_requests')
  @Requires('operator')
  @Operation('Make a merge request', { answer: LocalMergeRequestAnswer, status: 201 })
  createMergeRequest(
    @Param('project') project: string,
    @Body() body: NewMergeRequestDto,
  ): Promise<LocalMergeRequestAnswer> {
    return this.forge.createMergeRequest(project, body);
  }

  @Get('projects/:project/merge_requests/:iid')
  @Requires('operator')
  @Operation('Get a merge request, its comments and the statuses of its head', { answer: LocalMergeRequestAnswer })
  mergeRequest(
    @Param('project') project: string,
    @Param('iid', ParseIntPipe) iid: number,
  ): Promise<LocalMergeRequestAnswer> {
    return this.forge.mergeRequest(project, iid);
  }

  @Patch('projects/:project/merge_requests/:iid')
  @Requires('operator')
  @Operation('Close or merge a merge request')
  endMergeRequest(
    @Param('project') project: string,
    @Param('iid', ParseIntPipe) iid: number,
    @Body() { state }: StateDto,
  ): Promise<void> {
    return this.forge.endMergeRequest(project, iid, state);
  }
}
