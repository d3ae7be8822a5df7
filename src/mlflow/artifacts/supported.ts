import { AssayError } from '../../common';

/** What goes past the server. */
export type DirectAbility = 'Multipart upload' | 'Multipart download' | 'Presigned upload' | 'Presigned download';

/**
 * Clients know by the very text that they have to send or fetch the file through the server.
 * @throws AssayError `unsupported`
 */
export function requireSupport(available: boolean, ability: DirectAbility): void {
  if (!available)
    throw new AssayError('unsupported', `${ability} is not supported for the current artifact repository`);
}
