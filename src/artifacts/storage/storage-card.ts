import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AssayError, formatByteSize, html, type Html, type ProjectId } from '../../common';
import { SettingsCards } from '../../projects';
import { ProjectStorage } from './project-storage';
import type { StorageUsage } from './storage-usage';

function sums({ bytes, files, limit, ownLimit }: StorageUsage): Html {
  const whose = ownLimit ? 'this project’s own' : 'the server’s';
  return html`<dl>
      <dt>Used</dt><dd><span id="storage-used">${formatByteSize(bytes)}</span> in ${files} ${files === 1 ? 'file' : 'files'}</dd>
      <dt>Limit</dt><dd id="storage-limit">${limit === undefined ? 'none' : html`${formatByteSize(limit)} (${whose})`}</dd>
    </dl>
    <p class="soft">Artifacts of deleted candidates and models count until they are deleted for good. The operator of this server sets
    the limit.</p>`;
}

/** Shows on the settings page what the project keeps. */
@Injectable()
export class StorageCard implements OnModuleInit {
  constructor(
    private readonly storage: ProjectStorage,
    private readonly cards: SettingsCards,
  ) {}

  onModuleInit(): void {
    this.cards.add((project) => this.card(project));
  }

  private async card(project: ProjectId): Promise<Html> {
    return html`<section class="card" aria-labelledby="storage">
      <h2 id="storage">Storage of artifacts</h2>
      ${await this.storage.usage(project).then(sums, unknown)}
    </section>`;
  }
}

function unknown(error: unknown): Html {
  if (!(error instanceof AssayError)) throw error;
  return html`<p class="soft">${error.message}</p>`;
}
