import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore, S3Store, type ArtifactStore } from '../../src/artifacts';
import { describePart } from '../support/parts';
import { startVersitygw } from '../support/s3';

/** A store to test with, and what it holds. */
export interface StorePlace {
  readonly store: ArtifactStore;
  /** Settings of the standalone server that mean the same store. */
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

/** The stores that deletion is tested on. */
export const storePlaces: Readonly<Record<'file' | 's3', () => Promise<StorePlace>>> = {
  async file() {
    const folder = await mkdtemp(join(tmpdir(), 'assay-deletion-'));
    return {
      store: new FileStore(join(folder, 'artifacts')),
      env: { ASSAY_DATA_DIR: folder },
      close: () => rm(folder, { recursive: true, force: true }),
    };
  },
  async s3() {
    const server = await startVersitygw();
    const folder = await mkdtemp(join(tmpdir(), 'assay-deletion-'));
    const { endpoint, bucket, accessKey, secretKey } = server;
    return {
      store: new S3Store(server),
      env: {
        ASSAY_DATA_DIR: folder,
        ASSAY_S3_ENDPOINT: endpoint,
        ASSAY_S3_BUCKET: bucket,
        ASSAY_S3_ACCESS_KEY: accessKey,
        ASSAY_S3_SECRET_KEY: secretKey,
      },
      async close() {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

/** Runs a part of the tests on each store. */
export function describeStores(tests: (place: () => StorePlace) => void): void {
  describe.each(['file'] as const)('on the store %s', (kind) => {
    describePlace(kind, tests);
  });
  describePart('versitygw', 'on the store s3', () => {
    describePlace('s3', tests);
  });
}

function describePlace(kind: keyof typeof storePlaces, tests: (place: () => StorePlace) => void): void {
  let place: StorePlace;
  beforeAll(async () => {
    place = await storePlaces[kind]();
  });
  afterAll(() => place.close());
  tests(() => place);
}
