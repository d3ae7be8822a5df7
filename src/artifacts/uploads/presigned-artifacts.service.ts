import { Inject, Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import { artifactKey } from '../artifact-path';
import { ArtifactsOptions } from '../artifacts.options';
import { ArtifactsService } from '../artifacts.service';
import { contentTypeOf } from '../content-type';
import { disposition } from '../http/answer-plan';
import { tooLarge } from '../metered';
import { ProjectStorage } from '../storage/project-storage';
import { ArtifactStore } from '../store/artifact-store';
import { arrivalSeconds, directSeconds, reachable } from './reach';
import { UploadsRepository } from './uploads.repository';

/** An address that gives a file. */
export interface PresignedDownload {
  readonly url: string;
  /** Bytes. */
  readonly size: number;
}

/** An address that takes one PUT of a whole file. */
export interface PresignedUpload {
  readonly url: string;
  readonly contentType: string;
}

/** Who asks for an address to send something to, and for how many seconds it works. */
export interface Uploader {
  /** The principal's name. */
  readonly by: string;
  readonly seconds?: number;
}

/** Addresses by which clients and the store exchange whole files past us. They are capabilities: never log them. */
@Injectable()
export class PresignedArtifacts {
  constructor(
    @Inject(ArtifactStore) private readonly store: ArtifactStore,
    @Inject(ArtifactsOptions) private readonly options: ArtifactsOptions,
    private readonly artifacts: ArtifactsService,
    private readonly storage: ProjectStorage,
    private readonly uploads: UploadsRepository,
  ) {}

  /** Whether clients reach the store; else nothing goes past us. */
  get available(): boolean {
    return this.store.direct?.reachable === true;
  }

  /** @throws AssayError `unsupported`, `not-found`, or `invalid` for a folder */
  async download(project: ProjectId, path: string, seconds?: number): Promise<PresignedDownload> {
    const direct = reachable(this.store);
    const { name, size, contentType } = await this.artifacts.open(project, path);
    const url = await direct.presignDownload(artifactKey(project, path), {
      seconds: seconds ?? directSeconds.download,
      disposition: disposition(name),
      contentType,
    });
    return { url, size };
  }

  /** What arrives is measured and counted by the sweep after the address has expired. @throws AssayError `unsupported`, `conflict`, `too-large` */
  async upload(project: ProjectId, path: string, { by, seconds }: Uploader): Promise<PresignedUpload> {
    const direct = reachable(this.store);
    const key = await this.artifacts.fileKey(project, path, 'write');
    const meter = await this.storage.meter(project, key, this.options.maxBytes);
    if (meter.maxBytes < 1) throw tooLarge(meter);
    const lasting = seconds ?? directSeconds.upload;
    const url = await direct.presignUpload(key, lasting);
    const before = await this.store.stat(key);
    await this.uploads.open(project, {
      path,
      by,
      seconds: lasting + arrivalSeconds,
      ...(before === undefined ? {} : { bytesBefore: before.size }),
    });
    return { url, contentType: contentTypeOf(path) };
  }
}
