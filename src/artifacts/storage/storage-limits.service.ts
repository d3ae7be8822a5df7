import { Inject, Injectable } from '@nestjs/common';
import { noSuchProject, ProjectDirectory, projectOf } from '../../access';
import type { ProjectId } from '../../common';
import { Audit } from '../../projects';
import { ProjectStorage } from './project-storage';
import type { StorageUsage } from './storage-usage';

/** What the server's operator does about projects' storage. A `project` is an id or a path. */
@Injectable()
export class StorageLimits {
  constructor(
    @Inject(ProjectDirectory) private readonly directory: ProjectDirectory,
    private readonly storage: ProjectStorage,
    private readonly audit: Audit,
  ) {}

  async usage(project: string): Promise<StorageUsage> {
    return this.storage.usage(await this.find(project));
  }

  /** @param bytes null: the server's limit holds again */
  async set(project: string, bytes: number | null): Promise<StorageUsage> {
    const id = await this.find(project);
    await this.storage.setLimit(id, bytes);
    await this.audit.record(id, { action: 'storage.limit', actor: 'operator', details: { limit_bytes: bytes } });
    return this.storage.usage(id);
  }

  private async find(project: string): Promise<ProjectId> {
    const found = await this.directory.findEnabled(projectOf({ project }));
    if (found === undefined) throw noSuchProject();
    return found.id;
  }
}
