import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { asProjectId, AssayError, type ProjectId } from '../../common';
import { Database } from '../../database';
import * as statements from './uploads.statements';

/** An upload that goes from a client to the store, past us. */
export type DirectUpload = {
  readonly id: string;
  readonly path: string;
  readonly createdAt: Date;
  readonly completed: boolean;
} & (
  | { readonly kind: 'multipart'; /** The store's own name of it. */ readonly storeUpload: string }
  | { readonly kind: 'presigned'; /** The size of the file that it would replace. */ readonly bytesBefore?: number }
);

/** One that is sent in parts. */
export type MultipartUpload = Extract<DirectUpload, { readonly kind: 'multipart' }>;

/** What is known of an upload when it begins. */
export interface NewUpload {
  readonly path: string;
  readonly storeUpload?: string;
  readonly bytesBefore?: number;
  /** The principal's name. */
  readonly by: string;
  /** After which nothing can arrive any more. */
  readonly seconds: number;
}

interface Row extends Record<string, unknown> {
  readonly upload_id: string;
  readonly path: string;
  readonly store_upload_id: string | null;
  readonly bytes_before: number | null;
  readonly created_at: Date;
  readonly completed: boolean;
}

/** Any number that no other program takes for its advisory lock. */
const sweepLock = 0x6173_7570_6c64;
/** How many uploads of one project may be under way. */
const openAtOnce = 10_000;
/** Sorts before every other. */
const firstId = '00000000-0000-0000-0000-000000000000';

function toUpload(row: Row): DirectUpload {
  const { upload_id: id, path, created_at: createdAt, completed } = row;
  const upload = { id, path, createdAt, completed };
  if (row.store_upload_id !== null) return { ...upload, kind: 'multipart', storeUpload: row.store_upload_id };
  return { ...upload, kind: 'presigned', ...(row.bytes_before === null ? {} : { bytesBefore: row.bytes_before }) };
}

/** Rows of uploads that go past us. */
@Injectable()
export class UploadsRepository {
  constructor(private readonly database: Database) {}

  /** @returns its id @throws AssayError `rate-limited` when too many are open */
  async open(project: ProjectId, upload: NewUpload): Promise<string> {
    const { path, storeUpload, bytesBefore, by, seconds } = upload;
    const kind = storeUpload === undefined ? 'presigned' : 'multipart';
    const id = randomUUID();
    const values = [project, id, path, kind, storeUpload ?? null, bytesBefore ?? null, by, seconds, openAtOnce];
    const rows = await this.database.query(statements.open, values);
    if (rows.length > 0) return id;
    const message = `More than ${openAtOnce} uploads of this project are under way; complete or abort some`;
    throw new AssayError('rate-limited', message, { retryAfterSeconds: 60 });
  }

  /** Does the work while no other process does; @returns false without doing it when one does */
  async alone(work: () => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (within) => {
      const [row] = await within.query<{ mine: boolean }>(statements.tryLock, [sweepLock]);
      if (row?.mine !== true) return false;
      await work();
      return true;
    });
  }

  /** A multipart upload for this path that is not expired. */
  async find(project: ProjectId, id: string, path: string): Promise<MultipartUpload | undefined> {
    const [row] = await this.database.query<Row>(statements.find, [project, id, path]);
    const upload = row && toUpload(row);
    return upload?.kind === 'multipart' ? upload : undefined;
  }

  async complete(project: ProjectId, id: string): Promise<void> {
    await this.database.query(statements.complete, [project, id]);
  }

  /** @returns false when somebody else did before */
  async remove(project: ProjectId, id: string): Promise<boolean> {
    return (await this.database.query(statements.remove, [project, id])).length > 0;
  }

  async projectsWithExpired(now: Date): Promise<ProjectId[]> {
    const rows = await this.database.query<{ id: number }>(statements.projectsWithExpired, [now]);
    return rows.map(({ id }) => asProjectId(id));
  }

  /** Page by page, finished ones too. */
  async *expired(project: ProjectId, now: Date, batch: number): AsyncGenerator<DirectUpload[]> {
    let after = firstId;
    for (;;) {
      const rows = await this.database.query<Row>(statements.expired, [project, now, after, batch]);
      if (rows.length > 0) yield rows.map(toUpload);
      if (rows.length < batch) return;
      after = rows.at(-1)?.upload_id ?? after;
    }
  }

  /** Those of these names of the store that belong to an upload. */
  async known(project: ProjectId, storeUploads: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ store_upload_id: string }>(statements.known, [project, storeUploads]);
    return new Set(rows.map((row) => row.store_upload_id));
  }
}
