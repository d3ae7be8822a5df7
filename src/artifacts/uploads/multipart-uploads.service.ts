import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AssayError, invalid, notFound, parseEid, type ProjectId } from '../../common';
import { ArtifactsOptions } from '../artifacts.options';
import { ArtifactsService } from '../artifacts.service';
import { contentTypeOf } from '../content-type';
import { tooLarge } from '../metered';
import { ProjectStorage } from '../storage/project-storage';
import { ArtifactStore } from '../store/artifact-store';
import type { DirectTransfers, StoredPart } from '../store/direct-transfers';
import { arrivalSeconds, directSeconds, reachable } from './reach';
import { matchParts, partLimits, type SentPart } from './sent-parts';
import { UploadsRepository, type MultipartUpload } from './uploads.repository';

/** Addresses signed before others get their turn. */
const signedAtOnce = 100;

/** What a client begins. */
export interface NewMultipartUpload {
  /** The principal's name. */
  readonly by: string;
  /** How many parts it will send. */
  readonly parts: number;
}

/** An upload that the client sends to the store in parts. The addresses are capabilities: never log them. */
export interface StartedUpload {
  readonly id: string;
  /** Where each part goes, from part 1. */
  readonly urls: readonly string[];
}

function unknownUpload(): AssayError {
  return notFound('There is no upload of this id under way to this path; it was never begun, is aborted, or expired');
}

/** Large artifacts that clients send to the store in parts, past us. All methods are `unsupported` where they do not reach it. */
@Injectable()
export class MultipartUploads {
  constructor(
    @Inject(ArtifactStore) private readonly store: ArtifactStore,
    @Inject(ArtifactsOptions) private readonly options: ArtifactsOptions,
    private readonly artifacts: ArtifactsService,
    private readonly storage: ProjectStorage,
    private readonly uploads: UploadsRepository,
  ) {}

  /** @throws AssayError `invalid`, `too-large`, `conflict`, `not-found` for an unknown owner */
  async begin(project: ProjectId, path: string, { by, parts }: NewMultipartUpload): Promise<StartedUpload> {
    const direct = reachable(this.store);
    const key = await this.artifacts.fileKey(project, path, 'write');
    if (parts < 1 || parts > partLimits.most)
      throw invalid(`An upload has from 1 to ${partLimits.most} parts, not ${parts}`, 'num_parts');
    await this.checkSize(project, key, (parts - 1) * partLimits.leastBytes);
    const storeUpload = await direct.begin(key, contentTypeOf(path));
    try {
      const seconds = directSeconds.parts + arrivalSeconds;
      const id = await this.uploads.open(project, { path, by, storeUpload, seconds });
      return { id, urls: await signParts(direct, key, storeUpload, parts) };
    } catch (error) {
      await direct.abort(key, storeUpload).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Makes a file of the parts; repeating is harmless. What is too large is let go.
   * @throws AssayError `not-found`, `invalid`, `too-large`, `conflict`
   */
  async complete(project: ProjectId, path: string, id: string, sent: readonly SentPart[]): Promise<void> {
    const { direct, key, upload } = await this.find(project, path, id);
    if (upload.completed) return;
    const parts = matchParts(sent, await this.arrived(direct, key, upload));
    const bytes = parts.reduce((sum, { size }) => sum + size, 0);
    try {
      await this.checkSize(project, key, bytes);
      await this.storage.place(project, key, bytes, () => direct.complete(key, upload.storeUpload, parts));
    } catch (error) {
      if (error instanceof AssayError && error.kind === 'too-large') await this.drop(project, direct, key, upload);
      throw error;
    }
    await this.uploads.complete(project, id);
  }

  /** Lets go of what has arrived. @throws AssayError `not-found`, also for one that is complete */
  async abort(project: ProjectId, path: string, id: string): Promise<void> {
    const { direct, key, upload } = await this.find(project, path, id);
    if (upload.completed) throw unknownUpload();
    await this.drop(project, direct, key, upload);
  }

  private async find(
    project: ProjectId,
    path: string,
    id: string,
  ): Promise<{ direct: DirectTransfers; key: string; upload: MultipartUpload }> {
    const direct = reachable(this.store);
    const key = await this.artifacts.fileKey(project, path, 'write');
    const upload = parseEid(id) === undefined ? undefined : await this.uploads.find(project, id, path);
    if (upload === undefined) throw unknownUpload();
    return { direct, key, upload };
  }

  private async arrived(direct: DirectTransfers, key: string, { storeUpload }: MultipartUpload): Promise<StoredPart[]> {
    return direct.parts(key, storeUpload).catch((error: unknown) => {
      throw error instanceof AssayError && error.kind === 'not-found' ? unknownUpload() : error;
    });
  }

  private async drop(
    project: ProjectId,
    direct: DirectTransfers,
    key: string,
    { id, storeUpload }: MultipartUpload,
  ): Promise<void> {
    await direct.abort(key, storeUpload);
    await this.uploads.remove(project, id);
  }

  private async checkSize(project: ProjectId, key: string, bytes: number): Promise<void> {
    const meter = await this.storage.meter(project, key, this.options.maxBytes);
    if (bytes > meter.maxBytes) throw tooLarge(meter);
  }
}

async function signParts(direct: DirectTransfers, key: string, upload: string, parts: number): Promise<string[]> {
  const urls: string[] = [];
  for (let part = 1; part <= parts; part += 1) {
    urls.push(await direct.presignPart(key, upload, part, directSeconds.parts));
    if (part % signedAtOnce === 0) await turn();
  }
  return urls;
}
