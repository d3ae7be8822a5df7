import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '../../src/artifacts';
import { describeArtifactStore } from './artifact-store.contract';

describe('artifacts in a folder', () => {
  let folder: string;

  afterAll(() => rm(folder, { recursive: true, force: true }));

  describeArtifactStore(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-files-'));
    return { store: new FileStore(folder), leftovers: async () => (await readdir(join(folder, 'uploads'))).length };
  });
});
