import { Module } from '@nestjs/common';
import { AccessPagesModule } from '../../access';
import { SettingsPageController } from './settings.controller';
import { SettingsViews } from './settings.views';

/** The settings page, with the sign-in form that leads to it; they stand at the server's root. */
@Module({ imports: [AccessPagesModule], controllers: [SettingsPageController], providers: [SettingsViews] })
export class ProjectsPagesModule {}
