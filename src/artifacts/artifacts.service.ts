import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { CandidatesService, type Candidate } from '../candidates';
import { AssayError, invalid, notFound, parseEid, parseIid, type ProjectId } from '../common';
import { artifactKey } from './artifact-path';
import { ArtifactsOptions } from './artifacts.options';
import { contentTypeOf } from './content-type';
import { metered } from './metered';
import { ProjectStorage } from './storage/project-storage';
import { ArtifactStore, type ByteRange, type StoredEntry, type StoredFile } from './store/artifact-store';

/** A file as it is served. */
export interface Artifact extends StoredFile {
  /** The last segment of its path. */
  readonly name: string;
  /** By the file's name. */
  readonly contentType: string;
}

/** A file that may be read; its owner is checked. */
export interface ReadableArtifact extends Artifact {
  /** The caller reads the stream to its end or destroys it. @throws AssayError `not-found` when it is gone since */
  readonly read: (range?: ByteRange) => Promise<Readable>;
}

/** What an upload says of itself. */
export interface UploadOptions {
  readonly contentType?: string;
  /** Bytes, from Content-Length. */
  readonly size?: number;
}

export type ArtifactAccess = 'read' | 'write';

/**
 * Whether the owner of a root is there and may be accessed so. Gets the groups of its pattern.
 * @throws AssayError `not-found`, or `invalid` for writing to what is deleted
 */
export type OwnerCheck = (project: ProjectId, groups: readonly string[], access: ArtifactAccess) => Promise<void>;

/** Addresses of artifacts that this server keeps. */
const ownScheme = 'mlflow-artifacts:';
const candidateRoot = /^([0-9]+)\/([0-9a-f]{32})\/artifacts(?=\/|$)/;

/**
 * The artifacts of candidates and models. A `path` is decoded and begins with the root of its owner, such as
 * `<experiment iid>/<eid without hyphens>/artifacts`.
 */
@Injectable()
export class ArtifactsService {
  private readonly owners: { readonly pattern: RegExp; readonly check: OwnerCheck }[] = [];

  constructor(
    @Inject(ArtifactStore) private readonly store: ArtifactStore,
    private readonly candidates: CandidatesService,
    @Inject(ArtifactsOptions) private readonly options: ArtifactsOptions,
    private readonly storage: ProjectStorage,
  ) {
    this.registerOwner(candidateRoot, (project, groups, access) => this.checkCandidate(project, groups, access));
  }

  /** Lets another feature own roots. The pattern matches the root alone, anchored at its start, ending before `/` or the end. */
  registerOwner(pattern: RegExp, check: OwnerCheck): void {
    this.owners.push({ pattern, check });
  }

  /** Where a candidate's artifacts lie in this server. */
  rootOf(candidate: Pick<Candidate, 'experimentIid' | 'eid'>): string {
    return `${candidate.experimentIid}/${candidate.eid.replaceAll('-', '')}/artifacts`;
  }

  /** The root, for what this server itself does with it. @throws AssayError `unsupported` when the artifacts are kept elsewhere */
  ownRootOf(candidate: Pick<Candidate, 'experimentIid' | 'eid' | 'artifactLocation'>): string {
    return this.ownRoot(this.rootOf(candidate), this.uriOf(candidate));
  }

  /** Any owner's root, by the address that clients get. @throws AssayError `unsupported` when the artifacts are kept elsewhere */
  ownRoot(root: string, uri: string): string {
    if (uri.startsWith(ownScheme)) return root;
    throw new AssayError('unsupported', `These artifacts are kept outside of this server, at ${uri}; look there.`);
  }

  /** The address that clients get: ours, or below the experiment's own location when that is elsewhere. */
  uriOf(candidate: Pick<Candidate, 'experimentIid' | 'eid' | 'artifactLocation'>): string {
    const below = `${candidate.eid.replaceAll('-', '')}/artifacts`;
    return this.uriOfRoot(this.rootOf(candidate), candidate.artifactLocation, below);
  }

  /** The address of any owner's root; `below` is its place in an experiment's own location. */
  uriOfRoot(root: string, artifactLocation: string | undefined, below: string): string {
    const foreign = foreignLocation({ artifactLocation });
    return foreign === undefined ? `${ownScheme}/${root}` : `${foreign.replace(/\/+$/, '')}/${below}`;
  }

  /** Resolves when the whole content is stored. @throws AssayError `not-found`, `invalid`, `too-large`, `conflict`, `unavailable` */
  async upload(project: ProjectId, path: string, content: Readable, options: UploadOptions = {}): Promise<void> {
    const key = await this.fileKey(project, path, 'write');
    let bytes = 0;
    const meter = await this.storage.meter(project, key, this.options.maxBytes);
    const body = metered(content, { ...meter, ...options, ended: (count) => (bytes = count) });
    const place = async (put: () => Promise<void>): Promise<void> => {
      // Long uploads may outlive their owner.
      await this.checkOwner(project, path, 'write');
      await this.storage.place(project, key, bytes, put);
    };
    await this.store.write(key, body, { contentType: options.contentType ?? contentTypeOf(path), ...options, place });
  }

  /** Finds a file. @throws AssayError `not-found`, or `invalid` for a folder */
  async open(project: ProjectId, path: string): Promise<ReadableArtifact> {
    const key = await this.fileKey(project, path, 'read');
    const file = await this.store.stat(key);
    if (file === undefined) throw await this.missing(key, path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { ...file, name, contentType: contentTypeOf(path), read: (range) => this.store.read(key, range) };
  }

  /** One level below a folder; empty for a file and for what is not there. @throws AssayError `not-found` for an unknown owner */
  async list(project: ProjectId, folder: string): Promise<StoredEntry[]> {
    const path = folder.replace(/\/$/, '');
    const key = artifactKey(project, path);
    await this.checkOwner(project, path, 'read');
    return this.store.list(key);
  }

  /** One level of a candidate's folder, `''` being its root. @throws AssayError `unsupported` when its artifacts are kept elsewhere */
  async listOf(project: ProjectId, candidate: Candidate, folder: string): Promise<StoredEntry[]> {
    const root = this.ownRootOf(candidate);
    return this.list(project, folder === '' ? root : `${root}/${folder}`);
  }

  /** Removes a file, or a folder with all below it; safe to repeat. */
  async remove(project: ProjectId, path: string): Promise<void> {
    const key = artifactKey(project, path);
    await this.checkOwner(project, path, 'write');
    await this.storage.remove(project, key);
  }

  /** The store's key of a file that may be accessed so. @throws AssayError `not-found`, or `invalid` for a root itself */
  async fileKey(project: ProjectId, path: string, access: ArtifactAccess): Promise<string> {
    const key = artifactKey(project, path);
    const root = await this.checkOwner(project, path, access);
    if (path === root && access === 'write')
      throw invalid('Invalid path: it names the folder of all artifacts; add a file name', 'path');
    return key;
  }

  private async checkOwner(project: ProjectId, path: string, access: ArtifactAccess): Promise<string> {
    for (const { pattern, check } of this.owners) {
      const match = pattern.exec(path);
      if (match === null) continue;
      await check(project, match.slice(1), access);
      return match[0];
    }
    throw invalid('Invalid path: it does not begin with the artifact root of a candidate or a model', 'path');
  }

  private async checkCandidate(project: ProjectId, groups: readonly string[], access: ArtifactAccess): Promise<void> {
    const eid = parseEid(groups[1] ?? '');
    const unknown = notFound(
      `There is no candidate with the artifact root ${groups.join('/')}/artifacts in this project`,
    );
    if (eid === undefined) throw unknown;
    const place = await this.candidates.place(project, eid);
    if (place === undefined || place.experimentIid !== parseIid(groups[0] ?? '')) throw unknown;
    if (access === 'write' && place.deleted) {
      throw invalid('The candidate is deleted; restore it before its artifacts are changed');
    }
  }

  private async missing(key: string, path: string): Promise<AssayError> {
    const entries = await this.store.list(key);
    if (entries.length > 0)
      return invalid(`Invalid path: '${path}' is a folder; download its files one by one`, 'path');
    return notFound(`There is no artifact '${path}'`);
  }
}

/** The experiment's own location, unless it is of this server's scheme: those keep our roots. */
function foreignLocation({ artifactLocation }: { readonly artifactLocation?: string | undefined }): string | undefined {
  return artifactLocation === undefined || artifactLocation.startsWith(ownScheme) ? undefined : artifactLocation;
}
