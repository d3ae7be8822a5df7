import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import { Database, type Queryable } from '../../database';
import { projectFolder } from '../artifact-path';
import { ArtifactsOptions } from '../artifacts.options';
import type { Meter } from '../metered';
import { ArtifactStore } from '../store/artifact-store';
import { holdFile, holdProject } from './storage-locks';
import { storageFull, type ProjectFile, type StorageChange, type StorageUsage } from './storage-usage';
import * as statements from './storage.statements';
import { Turns } from './turns';

interface UsageRow {
  readonly bytes: number;
  readonly files: number;
  readonly version: number;
  readonly limit_bytes: number | null;
  readonly counted_at: Date | null;
  readonly reserved: number;
}

/** Files that come into their place at once in a process: each holds a connection of the database meanwhile. */
const placesAtOnce = 4;
/** How often a count of the store is begun anew because something changed amid it. */
const countAttempts = 5;
/** Files removed while nobody else may change the project's. */
const removedAtOnce = 200;

/** Counts what each project keeps in the store, and holds it to its limit. */
@Injectable()
export class ProjectStorage {
  private readonly turns = new Turns(placesAtOnce);

  constructor(
    private readonly database: Database,
    @Inject(ArtifactStore) private readonly store: ArtifactStore,
    @Inject(ArtifactsOptions) private readonly options: Pick<ArtifactsOptions, 'maxProjectBytes'>,
  ) {}

  /** What is kept, and the limit; counts the store when that was never done. */
  async usage(project: ProjectId): Promise<StorageUsage> {
    let row = await this.read(project);
    if (row?.counted_at == null) {
      await this.recount(project);
      row = await this.read(project);
    }
    return this.toUsage(row);
  }

  /** Bytes that an upload may still have; Infinity without a limit. */
  async room(project: ProjectId): Promise<number> {
    const row = await this.read(project);
    if (this.limitOf(row) === undefined) return Number.POSITIVE_INFINITY;
    const { bytes, limit = 0 } = row?.counted_at == null ? await this.usage(project) : this.toUsage(row);
    return Math.max(0, limit - bytes - (row?.reserved ?? 0));
  }

  /** What the body of an upload to this key must keep to: `most`, or less where the project has less room. */
  async meter(project: ProjectId, key: string, most: number): Promise<Meter> {
    const room = await this.room(project);
    if (room >= most) return { maxBytes: most };
    const maxBytes = room + ((await this.store.stat(key))?.size ?? 0);
    if (maxBytes >= most) return { maxBytes: most };
    const usage = await this.usage(project);
    return { maxBytes, refuse: () => storageFull(usage) };
  }

  /** Adds what somebody else changed in the store. */
  async changed(project: ProjectId, { bytes, files }: StorageChange, within: Queryable = this.database): Promise<void> {
    if (bytes !== 0 || files !== 0) await within.query(statements.change, [project, bytes, files]);
  }

  /**
   * Puts a file whose content the store has received into its place, and counts the difference. One file has one writer at a time, in
   * all processes. When it does not fit or `put` fails, everything stays as it was.
   * @param bytes the file's size
   * @throws AssayError `too-large` above the limit
   */
  async place(project: ProjectId, key: string, bytes: number, put: () => Promise<void>): Promise<void> {
    const reservation = await this.reserve(project, key, bytes);
    try {
      await this.turns.run(() =>
        this.database.transaction(async (within) => {
          await holdFile(project, key, within);
          const before = await this.store.stat(key);
          await put();
          await this.changed(project, difference(bytes, before), within);
          if (reservation !== undefined) await within.query(statements.release, [project, reservation]);
        }),
      );
    } catch (error) {
      if (reservation !== undefined) await this.release(project, reservation);
      throw error;
    }
  }

  /** Removes a file, or a folder with all below it, and counts what went; safe to repeat and to break off. */
  async remove(project: ProjectId, key: string): Promise<StorageChange> {
    let removed: StorageChange = { bytes: 0, files: 0 };
    for (let done = false; !done;) {
      const step = await this.turns.run(() => this.removeSome(project, key));
      removed = { bytes: removed.bytes + step.bytes, files: removed.files + step.files };
      done = step.files < removedAtOnce;
    }
    return removed;
  }

  /** Every file of the project that the store has, by its path below the project. */
  async *files(project: ProjectId, below = ''): AsyncGenerator<ProjectFile> {
    const folder = `${projectFolder(project)}/`;
    for await (const { key, size, modifiedAt } of this.store.walk(folder.slice(0, -1) + (below && `/${below}`))) {
      yield { path: key.slice(folder.length), size, modifiedAt };
    }
  }

  /**
   * Counts the store itself, which mends what a killed process left out.
   * @returns false when uploads changed it all the while; what stood before then still stands
   */
  async recount(project: ProjectId): Promise<boolean> {
    await this.database.query(statements.open, [project]);
    for (let attempt = 0; attempt < countAttempts; attempt += 1) {
      const version = await this.undisturbed(project, async (within) => (await this.read(project, within))?.version);
      const { bytes, files } = await this.count(project);
      const counted = await this.undisturbed(project, (within) =>
        within.query(statements.setCounted, [project, bytes, files, version]),
      );
      if (counted.length === 0) continue;
      await this.database.query(statements.releaseExpired, [project]);
      return true;
    }
    return false;
  }

  /** @param bytes null: the server's limit */
  async setLimit(project: ProjectId, bytes: number | null): Promise<void> {
    await this.database.query(statements.setLimit, [project, bytes]);
  }

  private async reserve(project: ProjectId, key: string, bytes: number): Promise<string | undefined> {
    const row = await this.read(project);
    if (row?.counted_at == null) await this.recount(project);
    const limit = this.limitOf(row);
    if (limit === undefined) return undefined;
    const before = (await this.store.stat(key))?.size ?? 0;
    const id = randomUUID();
    const made = await this.database.transaction(async (within) => {
      await within.query(statements.lockSums, [project]);
      return within.query(statements.reserve, [project, id, bytes, before, limit]);
    });
    if (made.length === 0) throw storageFull(await this.usage(project));
    return id;
  }

  /** A reservation that stays for want of a database expires by itself. */
  private async release(project: ProjectId, reservation: string): Promise<void> {
    await this.database.query(statements.release, [project, reservation]).catch(() => undefined);
  }

  private async removeSome(project: ProjectId, key: string): Promise<StorageChange> {
    return this.undisturbed(project, async (within) => {
      const found = await this.find(key, removedAtOnce);
      if (found.length < removedAtOnce) await this.store.deleteBelow(key);
      await Promise.all(found.map((file) => this.store.delete(file.key)));
      const bytes = found.reduce((sum, { size }) => sum + size, 0);
      await this.changed(project, { bytes: -bytes, files: -found.length }, within);
      return { bytes, files: found.length };
    });
  }

  private async find(key: string, limit: number): Promise<{ key: string; size: number }[]> {
    const single = await this.store.stat(key);
    const found = single === undefined ? [] : [{ key, size: single.size }];
    for await (const file of this.store.walk(key)) {
      found.push(file);
      if (found.length >= limit) break;
    }
    return found;
  }

  private async count(project: ProjectId): Promise<StorageChange> {
    let bytes = 0;
    let files = 0;
    for await (const { size } of this.files(project)) {
      bytes += size;
      files += 1;
    }
    return { bytes, files };
  }

  private undisturbed<Result>(project: ProjectId, work: (within: Queryable) => Promise<Result>): Promise<Result> {
    return this.database.transaction(async (within) => {
      await holdProject(project, within);
      return work(within);
    });
  }

  private async read(project: ProjectId, within: Queryable = this.database): Promise<UsageRow | undefined> {
    const [row] = await within.query<UsageRow & Record<string, unknown>>(statements.usage, [project]);
    return row;
  }

  private limitOf(row: UsageRow | undefined): number | undefined {
    return row?.limit_bytes ?? this.options.maxProjectBytes;
  }

  private toUsage(row: UsageRow | undefined): StorageUsage {
    const limit = this.limitOf(row);
    return {
      bytes: row?.bytes ?? 0,
      files: row?.files ?? 0,
      ownLimit: row?.limit_bytes != null,
      countedAt: row?.counted_at ?? new Date(),
      ...(limit === undefined ? {} : { limit }),
    };
  }
}

function difference(bytes: number, before: { readonly size: number } | undefined): StorageChange {
  return before === undefined ? { bytes, files: 1 } : { bytes: bytes - before.size, files: 0 };
}
