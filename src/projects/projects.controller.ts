import { Body, Controller, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import { CurrentAccess, CurrentForgeAccess, Requires, type Access, type ForgeAccess } from '../access';
import { Addresses, NativeApi, Operation } from '../common';
import { DisabledProjectAnswer, EnabledProjectAnswer, EnablingAnswer, SettingsAnswer } from './projects.answers';
import { SettingsDto } from './projects.dto';
import { presentEnabled, presentProject, presentSettings } from './projects.presenter';
import { ProjectsService } from './projects.service';

/** Enabling, disabling and settings. */
@NativeApi('Projects')
@Controller('projects/:project/ml')
export class ProjectsController {
  constructor(
    private readonly projects: ProjectsService,
    private readonly addresses: Addresses,
  ) {}

  @Get()
  @Requires('project:read', { evenIfDisabled: true })
  @Operation('Tell whether experiments are enabled on a project', {
    answer: [EnabledProjectAnswer, DisabledProjectAnswer],
  })
  async status(
    @CurrentForgeAccess() { project, principal }: ForgeAccess,
  ): Promise<EnabledProjectAnswer | DisabledProjectAnswer> {
    return presentProject(this.addresses, project, principal.role, await this.projects.find(project.id));
  }

  @Put()
  @Requires('project:maintain', { evenIfDisabled: true })
  @Operation('Enable experiments on a project', { answer: EnablingAnswer, description: 'Enabled already is no error.' })
  put(@CurrentForgeAccess() access: ForgeAccess): Promise<EnablingAnswer> {
    return this.enable(access);
  }

  @Post('enable')
  @Requires('project:maintain', { evenIfDisabled: true })
  @Operation('Enable experiments on a project', { answer: EnablingAnswer, description: 'The same as PUT.' })
  async enable(@CurrentForgeAccess() access: ForgeAccess): Promise<EnablingAnswer> {
    const { project, warnings } = await this.projects.enable(access);
    const enabled = presentEnabled(this.addresses, access.project, access.principal.role, project);
    return Object.assign(enabled, { warnings: [...warnings] });
  }

  @Delete()
  @Requires('project:maintain')
  @Operation('Disable experiments on a project', { description: 'What was tracked stays and comes back with it.' })
  async disable(@CurrentAccess() { project, principal }: Access): Promise<void> {
    await this.projects.disable(project.id, principal.name);
  }

  @Patch('settings')
  @Requires('project:maintain')
  @Operation('Change the settings of a project', { answer: SettingsAnswer })
  async settings(@CurrentAccess() { project, principal }: Access, @Body() body: SettingsDto): Promise<SettingsAnswer> {
    return presentSettings((await this.projects.updateSettings(project.id, principal.name, body.patch())).settings);
  }
}
