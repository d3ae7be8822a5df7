import { Injectable } from '@nestjs/common';
import type { Html, ProjectId } from '../../common';

/** Makes a part of the settings page for an enabled project. */
export type SettingsCard = (project: ProjectId) => Promise<Html>;

/** What features above this one add to the settings page. */
@Injectable()
export class SettingsCards {
  private readonly cards: SettingsCard[] = [];

  add(card: SettingsCard): void {
    this.cards.push(card);
  }

  /** In the order in which they were added. */
  show(project: ProjectId): Promise<Html[]> {
    return Promise.all(this.cards.map((card) => card(project)));
  }
}
