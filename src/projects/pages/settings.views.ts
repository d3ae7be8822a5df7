import { Injectable } from '@nestjs/common';
import { signedIn, type ForgeAccess } from '../../access';
import { Addresses, type Html, type HttpRequest } from '../../common';
import { ProjectTokensService } from '../project-tokens.service';
import { ProjectsService } from '../projects.service';
import { SettingsCards } from './settings-cards';
import { settingsPage, type SettingsView } from './settings.page';

/** Gathers what the settings page shows. */
@Injectable()
export class SettingsViews {
  constructor(
    private readonly projects: ProjectsService,
    private readonly tokens: ProjectTokensService,
    private readonly addresses: Addresses,
    private readonly cards: SettingsCards,
  ) {}

  async show(
    { project: forgeProject }: ForgeAccess,
    request: HttpRequest,
    news: Pick<SettingsView, 'warnings' | 'created'> = {},
  ): Promise<Html> {
    const project = await this.projects.find(forgeProject.id);
    const tokens = project === undefined ? [] : await this.tokens.list(project.id);
    return settingsPage({
      addresses: this.addresses,
      forgeProject,
      project,
      tokens,
      cards: project === undefined ? [] : await this.cards.show(project.id),
      signedIn: signedIn(request),
      ...news,
    });
  }
}
