import { join } from 'node:path';
import { invalid } from '../../common';

/**
 * The file of a key below a folder, one directory a segment. Whatever a key is, the file is below the folder.
 * @throws AssayError `invalid` for a key that no file can have
 */
export function fileOfKey(folder: string, key: string): string {
  const segments = key.split('/');
  const wrong = segments.find(
    (segment) =>
      segment === '' ||
      segment === '.' ||
      segment === '..' ||
      segment.includes('\0') ||
      segment.includes('\\') ||
      Buffer.byteLength(segment) > 255,
  );
  if (wrong !== undefined) throw invalid(`Invalid path: the name '${wrong.slice(0, 255)}' cannot be stored`, 'path');
  return join(folder, ...segments);
}
