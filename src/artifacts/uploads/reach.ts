import { AssayError } from '../../common';
import type { ArtifactStore } from '../store/artifact-store';
import type { DirectTransfers } from '../store/direct-transfers';

/** For how many seconds addresses work unless a caller says so, and at most. */
export const directSeconds = { download: 300, upload: 900, parts: 3_600, most: 3_600 } as const;
/** Seconds in which what was sent at the last moment may still arrive. */
export const arrivalSeconds = 3_600;

/** The store's addresses for clients. @throws AssayError `unsupported` when they lead nowhere */
export function reachable({ direct }: ArtifactStore): DirectTransfers {
  if (direct?.reachable === true) return direct;
  throw new AssayError(
    'unsupported',
    'Clients do not reach the artifact store by themselves; send artifacts through this server',
  );
}
