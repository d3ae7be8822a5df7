import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { CurrentAccess, CurrentForgeAccess, Requires, type Access, type ForgeAccess } from '../access';
import { Addresses, NativeApi } from '../common';
import { SettingsDto } from './projects.dto';
import { presentProject, presentSettings } from './projects.presenter';
import { ProjectsService } from './projects.service';

/** Enabling, disabling and settings. */
@NativeApi()
@Controller('projects/:project/ml')
export class ProjectsController {
  constructor(
    private readonly projects: ProjectsService,
    private readonly addresses: Addresses,
  ) {}

  @Get()
  @Requires('project:read', { evenIfDisabled: true })
  async status(@CurrentForgeAccess() { project, principal }: ForgeAccess): Promise<unknown> {
    return presentProject(this.addresses, project, principal.role, await this.projects.find(project.id));
  }

  @Put()
  @Requires('project:maintain', { evenIfDisabled: true })
  put(@CurrentForgeAccess() access: ForgeAccess): Promise<unknown> {
    return this.enable(access);
  }

  @Post('enable')
  @HttpCode(200)
  @Requires('project:maintain', { evenIfDisabled: true })
  async enable(@CurrentForgeAccess() access: ForgeAccess): Promise<unknown> {
    const { project, warnings } = await this.projects.enable(access);
    return { ...presentProject(this.addresses, access.project, access.principal.role, project), warnings };
  }

  @Delete()
  @HttpCode(204)
  @Requires('project:maintain')
  async disable(@CurrentAccess() { project, principal }: Access): Promise<void> {
    await this.projects.disable(project.id, principal.name);
  }

  @Patch('settings')
  @Requires('project:maintain')
  async settings(@CurrentAccess() { project, principal }: Access, @Body() body: SettingsDto): Promise<unknown> {
    return presentSettings((await this.projects.updateSettings(project.id, principal.name, body.patch())).settings);
  }
}
