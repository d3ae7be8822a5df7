import { Body, Controller, Delete, Get, Header, Param, Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../access';
import { NativeApi, Operation } from '../common';
import { NewTokenAnswer, TokensAnswer } from './projects.answers';
import { ProjectTokensService } from './project-tokens.service';
import { NewTokenDto } from './projects.dto';
import { presentToken } from './projects.presenter';

/** The project's access tokens. */
@NativeApi('Projects')
@Controller('projects/:project/ml/tokens')
export class ProjectTokensController {
  constructor(private readonly tokens: ProjectTokensService) {}

  @Get()
  @Requires('project:maintain')
  @Operation('List the access tokens of a project', { answer: TokensAnswer })
  async list(@CurrentAccess() { project }: Access): Promise<TokensAnswer> {
    return { tokens: (await this.tokens.list(project.id)).map(presentToken) };
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @Requires('project:maintain')
  @Operation('Make an access token', { answer: NewTokenAnswer, status: 201 })
  async create(@CurrentAccess() { project, principal }: Access, @Body() body: NewTokenDto): Promise<NewTokenAnswer> {
    const { token, secret } = await this.tokens.create(project.id, principal, body.token());
    return Object.assign(presentToken(token), { token: secret });
  }

  @Delete(':token')
  @Requires('project:maintain')
  @Operation('Revoke an access token')
  async revoke(@CurrentAccess() { project, principal }: Access, @Param('token') token: string): Promise<void> {
    await this.tokens.revoke(project.id, principal.name, token);
  }
}
