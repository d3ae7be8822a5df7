import { FileStore, S3Store, type ArtifactStore } from './artifacts';
import type { StoreChoice } from './assay.options';

/** Makes the adapter that the options choose. */
export function createArtifactStore(choice: StoreChoice): ArtifactStore {
  if (choice.kind === 'custom') return choice.store;
  return choice.kind === 'file' ? new FileStore(choice.folder) : new S3Store(choice);
}
