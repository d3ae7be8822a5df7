import { Injectable } from '@nestjs/common';
import { ProjectStorage } from '../artifacts';
import { CandidatePurge } from '../candidates';
import type { CandidateEid, ProjectId } from '../common';
import { ModelPurge } from '../models';
import { ownerOf, type Owner } from './owner-folders';

/** A folder of artifacts with all that lies in it. */
export interface StoredFolder {
  /** Below the project. */
  readonly path: string;
  readonly owner: Owner;
  readonly files: number;
  readonly bytes: number;
  /** When the newest of its files was written. */
  readonly newest: Date;
}

const ownersAtOnce = 1_000;

/** What the store has of a project, and which of it belongs to nobody. */
@Injectable()
export class StoredFolders {
  constructor(
    private readonly storage: ProjectStorage,
    private readonly candidates: CandidatePurge,
    private readonly models: ModelPurge,
  ) {}

  /** One folder for each owner; `below` a folder of the project, or everything. */
  async list(project: ProjectId, below?: string): Promise<StoredFolder[]> {
    const folders = new Map<string, StoredFolder>();
    for await (const { path, size, modifiedAt } of this.storage.files(project, below)) {
      const found = ownerOf(path);
      if (found === undefined) continue;
      const { files = 0, bytes = 0, newest = modifiedAt } = folders.get(found.folder) ?? {};
      folders.set(found.folder, {
        path: found.folder,
        owner: found.owner,
        files: files + 1,
        bytes: bytes + size,
        newest: newest > modifiedAt ? newest : modifiedAt,
      });
    }
    return [...folders.values()];
  }

  /** Those whose candidate or model is not there. Nobody can upload to a folder before its owner's row is committed. */
  async orphans(project: ProjectId, folders: readonly StoredFolder[]): Promise<StoredFolder[]> {
    const orphans: StoredFolder[] = [];
    for (let at = 0; at < folders.length; at += ownersAtOnce) {
      const some = folders.slice(at, at + ownersAtOnce);
      const eids = some.flatMap(({ owner }): CandidateEid[] => (owner.kind === 'candidate' ? [owner.eid] : []));
      const ids = some.flatMap(({ owner }) => (owner.kind === 'model' ? [owner.id] : []));
      const candidates = await this.candidates.existing(project, eids);
      const models = await this.models.existing(project, ids);
      const homeOf = (owner: Owner): number | undefined =>
        owner.kind === 'candidate' ? candidates.get(owner.eid) : models.get(owner.id);
      orphans.push(...some.filter(({ owner }) => homeOf(owner) !== owner.experimentIid));
    }
    return orphans;
  }
}
