import type { StoredEntry } from '../../artifacts';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#fileinfo */
export interface WireFileInfo {
  readonly path: string;
  readonly is_dir: boolean;
  /** Bytes; files have it alone. */
  readonly file_size?: number;
}

/** For the wire. The folder goes before each name: empty for the proxy's list, whose paths are relative to the listed folder. */
export function toFileInfo(entry: StoredEntry, folder: string): WireFileInfo {
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
  return entry.kind === 'folder' ? { path, is_dir: true } : { path, is_dir: false, file_size: entry.size };
}
