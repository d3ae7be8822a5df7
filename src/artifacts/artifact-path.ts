import { invalid, type AssayError, type ProjectId } from '../common';

/** In bytes of UTF-8: a segment as file systems have it; the path so that its key fits into S3's 1,024. */
export const artifactPathLimits = { path: 900, segment: 255 } as const;

/** C0 controls and DEL: listings in XML cannot carry them. */
const controls = /(?=\p{ASCII})\p{Cc}/u;

function refused(reason: string): AssayError {
  return invalid(`Invalid path: ${reason}`, 'path');
}

/** What leads out of the folder, in whatever encoding it is met. */
function escapeIn(path: string): string | undefined {
  if (path.startsWith('/')) return 'it must be relative';
  if (/^[A-Za-z]:|\/[A-Za-z]:(\/|$)/.test(path)) return 'it must not name a drive';
  if (path.includes('\\')) return "it must not hold '\\'";
  if (controls.test(path)) return 'it must not hold control characters';
  if (path.split('/').some((segment) => segment === '.' || segment === '..'))
    return "it must not hold '.' or '..' segments";
  return undefined;
}

/** Undoes one level of percent encoding, byte by byte: only ASCII matters to {@link escapeIn}. */
function decodeOnce(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function checkEncodings(path: string): void {
  let current = path;
  for (;;) {
    const reason = escapeIn(current);
    if (reason !== undefined) throw refused(reason);
    const decoded = decodeOnce(current);
    if (decoded === current) return;
    current = decoded;
  }
}

/**
 * Checks a path that a client sent, already decoded once. Names may hold spaces, `+`, `%`, `#` and any Unicode but control
 * characters; a name whose further decoding would lead out of its folder is refused although nothing here decodes it.
 * @returns the path unchanged
 * @throws AssayError `invalid`
 */
export function checkedPath(path: string): string {
  if (/\p{Surrogate}/u.test(path)) throw refused('it is not valid Unicode');
  if (Buffer.byteLength(path) > artifactPathLimits.path) {
    throw refused(`it is longer than ${artifactPathLimits.path} bytes; use shorter names`);
  }
  checkEncodings(path);
  for (const segment of path.split('/')) {
    if (segment === '') throw refused('it must not hold empty segments');
    if (Buffer.byteLength(segment) > artifactPathLimits.segment) {
      throw refused(`a name in it is longer than ${artifactPathLimits.segment} bytes; use shorter names`);
    }
  }
  return path;
}

/** Below which all of a project's files lie in the store. */
export function projectFolder(project: ProjectId): string {
  return `projects/${project}`;
}

/** The store's key of a client's path: always below the project's own prefix. @throws AssayError `invalid` */
export function artifactKey(project: ProjectId, path: string): string {
  return `${projectFolder(project)}/${checkedPath(path)}`;
}
