import { AssayError, unavailable } from '../../common';

/** A file was about to share its name with a folder, or the other way round. */
export function nameTaken(key: string): AssayError {
  const name = key.split('/').slice(2).join('/');
  return new AssayError(
    'conflict',
    `Invalid path: '${name}' would be a file and a folder at once; delete the other one first or choose another name`,
    { field: 'path' },
  );
}

/** The store has no room. */
export function storeFull(cause: unknown): AssayError {
  return unavailable(
    'The artifact store is full; nothing of this upload was kept. Ask the operator for room.',
    cause,
    60,
  );
}

/** The store does not answer, or not as it should. */
export function storeDown(cause: unknown): AssayError {
  return unavailable('The artifact store does not answer now; try again.', cause);
}
