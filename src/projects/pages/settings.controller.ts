import { Controller, Get, HttpCode, Param, Post, Redirect, Req } from '@nestjs/common';
import { CurrentAccess, CurrentForgeAccess, Requires, type Access, type ForgeAccess } from '../../access';
import { Addresses, HtmlPages, pagePath, readForm, type Html, type HttpRequest } from '../../common';
import { ProjectsService } from '../projects.service';
import { readNewToken, readSettings } from './forms';
import { SettingsViews } from './settings.views';
import { ProjectTokensService } from '../project-tokens.service';

interface Elsewhere {
  readonly url: string;
  readonly statusCode: number;
}

/** The settings page of a project and its forms. */
@HtmlPages()
@Controller(':namespace/:name/-/ml/settings')
export class SettingsPageController {
  constructor(
    private readonly projects: ProjectsService,
    private readonly tokens: ProjectTokensService,
    private readonly views: SettingsViews,
    private readonly addresses: Addresses,
  ) {}

  @Get()
  @Requires('project:maintain', { evenIfDisabled: true })
  show(@CurrentForgeAccess() access: ForgeAccess, @Req() request: HttpRequest): Promise<Html> {
    return this.views.show(access, request);
  }

  @Post('enable')
  @HttpCode(200)
  @Requires('project:maintain', { evenIfDisabled: true })
  async enable(@CurrentForgeAccess() access: ForgeAccess, @Req() request: HttpRequest): Promise<Html> {
    const { warnings } = await this.projects.enable(access);
    return this.views.show(access, request, { warnings });
  }

  @Post('disable')
  @Redirect()
  @Requires('project:maintain')
  async disable(@CurrentAccess() { project, principal }: Access): Promise<Elsewhere> {
    await this.projects.disable(project.id, principal.name);
    return this.back(project.path);
  }

  @Post()
  @Redirect()
  @Requires('project:maintain')
  async save(@CurrentAccess() { project, principal }: Access, @Req() request: HttpRequest): Promise<Elsewhere> {
    await this.projects.updateSettings(project.id, principal.name, readSettings(await readForm(request)));
    return this.back(project.path);
  }

  @Post('tokens')
  @HttpCode(200)
  @Requires('project:maintain', { evenIfDisabled: true })
  async createToken(@CurrentForgeAccess() access: ForgeAccess, @Req() request: HttpRequest): Promise<Html> {
    const { id } = await this.projects.get(access.project.id);
    const created = await this.tokens.create(id, access.principal, readNewToken(await readForm(request)));
    return this.views.show(access, request, { created });
  }

  @Post('tokens/:token/revoke')
  @Redirect()
  @Requires('project:maintain')
  async revoke(@CurrentAccess() { project, principal }: Access, @Param('token') token: string): Promise<Elsewhere> {
    await this.tokens.revoke(project.id, principal.name, token);
    return this.back(project.path);
  }

  private back(path: string): Elsewhere {
    return { url: pagePath(this.addresses, path, 'settings'), statusCode: 303 };
  }
}
