import { Inject, Injectable } from '@nestjs/common';
import { asProjectId, AssayError, parseIid, type ProjectId } from '../../common';
import { artifactKey, projectFolder } from '../artifact-path';
import { ArtifactsOptions } from '../artifacts.options';
import { ProjectStorage } from '../storage/project-storage';
import { ArtifactStore, type StoredFile } from '../store/artifact-store';
import type { DirectTransfers, UnfinishedUpload } from '../store/direct-transfers';
import { UploadsRepository, type DirectUpload } from './uploads.repository';

/** How a sweep is done. */
export interface UploadSweep {
  /** Only counts what it would free. */
  readonly dryRun?: boolean;
  readonly now?: Date;
  /** Rows read at once. */
  readonly batch?: number;
}

/** What a sweep let go of. */
export interface SweptUploads {
  readonly uploads: number;
  readonly bytes: number;
}

/** How old an upload that no row knows must be: those that go through us begin without one. */
const strangerMilliseconds = 86_400_000;

/** Ends uploads past us that nobody completed. Safe to repeat, to break off, and to do twice at once. */
@Injectable()
export class UploadSweeper {
  constructor(
    @Inject(ArtifactStore) private readonly store: ArtifactStore,
    @Inject(ArtifactsOptions) private readonly options: Pick<ArtifactsOptions, 'maxBytes'>,
    private readonly storage: ProjectStorage,
    private readonly uploads: UploadsRepository,
  ) {}

  /** @throws AssayError `unavailable` when the store does not answer; what was done until then stays done */
  async sweep({ dryRun = false, now = new Date(), batch = 100 }: UploadSweep = {}): Promise<SweptUploads> {
    let swept: SweptUploads = { uploads: 0, bytes: 0 };
    const add = ({ uploads, bytes }: SweptUploads): void => {
      swept = { uploads: swept.uploads + uploads, bytes: swept.bytes + bytes };
    };
    for (const project of await this.uploads.projectsWithExpired(now)) {
      for await (const page of this.uploads.expired(project, now, batch)) {
        for (const upload of page) add(await this.end(project, upload, dryRun));
      }
    }
    for await (const page of this.store.direct?.unfinished() ?? []) {
      for (const upload of await this.strangers(page, now)) add(await this.endStranger(upload, dryRun));
    }
    return swept;
  }

  private async end(project: ProjectId, upload: DirectUpload, dryRun: boolean): Promise<SweptUploads> {
    if (upload.kind === 'presigned') return this.settle(project, upload, dryRun);
    const { direct } = this.store;
    const key = artifactKey(project, upload.path);
    const open = upload.completed || direct === undefined ? undefined : await bytesOf(direct, key, upload.storeUpload);
    if (!dryRun) {
      if (open !== undefined) await direct?.abort(key, upload.storeUpload);
      if (!(await this.uploads.remove(project, upload.id))) return nothing;
    }
    return upload.completed ? nothing : { uploads: 1, bytes: open ?? 0 };
  }

  /** A presigned upload that did arrive is counted, and removed when it is larger than an artifact may be. */
  private async settle(
    project: ProjectId,
    upload: Extract<DirectUpload, { kind: 'presigned' }>,
    dryRun: boolean,
  ): Promise<SweptUploads> {
    const key = artifactKey(project, upload.path);
    const file = await this.store.stat(key);
    const size = file !== undefined && isSince(file, upload.createdAt) ? file.size : undefined;
    const refused = size !== undefined && size > this.options.maxBytes;
    const freed = { uploads: size === undefined || refused ? 1 : 0, bytes: refused ? size : 0 };
    if (dryRun) return freed;
    if (!(await this.uploads.remove(project, upload.id))) return nothing;
    if (file === undefined || size === undefined) return freed;
    const { bytesBefore } = upload;
    const files = bytesBefore === undefined ? 1 : 0;
    const { countedAt } = await this.storage.usage(project);
    // A count of the whole store since then has it already; stores tell whole seconds.
    if (countedAt.getTime() < file.modifiedAt.getTime() + 1_000) {
      await this.storage.changed(project, { bytes: size - (bytesBefore ?? 0), files });
    }
    if (refused) await this.storage.remove(project, key);
    return freed;
  }

  private async strangers(page: readonly UnfinishedUpload[], now: Date): Promise<UnfinishedUpload[]> {
    const byProject = new Map<ProjectId, UnfinishedUpload[]>();
    for (const upload of page) {
      const project = projectOf(upload.key);
      if (project === undefined || now.getTime() - upload.startedAt.getTime() < strangerMilliseconds) continue;
      byProject.set(project, [...(byProject.get(project) ?? []), upload]);
    }
    const found: UnfinishedUpload[] = [];
    for (const [project, uploads] of byProject) {
      const known = await this.uploads.known(
        project,
        uploads.map(({ upload }) => upload),
      );
      found.push(...uploads.filter(({ upload }) => !known.has(upload)));
    }
    return found;
  }

  private async endStranger({ key, upload }: UnfinishedUpload, dryRun: boolean): Promise<SweptUploads> {
    const { direct } = this.store;
    const bytes = direct && (await bytesOf(direct, key, upload));
    if (bytes === undefined) return nothing;
    if (!dryRun) await direct?.abort(key, upload);
    return { uploads: 1, bytes };
  }
}

const nothing: SweptUploads = { uploads: 0, bytes: 0 };

/** What has arrived of a multipart upload; undefined when the store knows it no more. */
async function bytesOf(direct: DirectTransfers, key: string, upload: string): Promise<number | undefined> {
  try {
    return (await direct.parts(key, upload)).reduce((sum, { size }) => sum + size, 0);
  } catch (error) {
    if (error instanceof AssayError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** Stores tell whole seconds. */
function isSince({ modifiedAt }: StoredFile, moment: Date): boolean {
  return modifiedAt.getTime() >= Math.floor(moment.getTime() / 1000) * 1000;
}

function projectOf(key: string): ProjectId | undefined {
  const id = parseIid(/^projects\/([0-9]+)\//.exec(key)?.[1] ?? '');
  const project = id === undefined ? undefined : asProjectId(id);
  return project !== undefined && key.startsWith(`${projectFolder(project)}/`) ? project : undefined;
}
