import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../access';
import { NativeApi } from '../common';
import { ProjectTokensService } from './project-tokens.service';
import { NewTokenDto } from './projects.dto';
import { presentToken } from './projects.presenter';

/** The project's access tokens. */
@NativeApi()
@Controller('projects/:project/ml/tokens')
export class ProjectTokensController {
  constructor(private readonly tokens: ProjectTokensService) {}

  @Get()
  @Requires('project:maintain')
  async list(@CurrentAccess() { project }: Access): Promise<unknown> {
    return { tokens: (await this.tokens.list(project.id)).map(presentToken) };
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @Requires('project:maintain')
  async create(@CurrentAccess() { project, principal }: Access, @Body() body: NewTokenDto): Promise<unknown> {
    const { token, secret } = await this.tokens.create(project.id, principal, body.token());
    return { ...presentToken(token), token: secret };
  }

  @Delete(':token')
  @HttpCode(204)
  @Requires('project:maintain')
  async revoke(@CurrentAccess() { project, principal }: Access, @Param('token') token: string): Promise<void> {
    await this.tokens.revoke(project.id, principal.name, token);
  }
}
