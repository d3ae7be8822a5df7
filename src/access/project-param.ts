import { asProjectId, notFound, parseIid, type AssayError } from '../common';
import type { ProjectRef } from '../forge';

const pathLimit = 1024;

/** The one answer for projects that are missing, invisible to the caller, or not enabled: nobody learns which. */
export function noSuchProject(): AssayError {
  return notFound('There is no such project, or you may not see it, or experiments are not enabled on it.');
}

/** The project that an address names: `:project` (the numeric id or the path) or `:namespace` and `:name`. */
export function projectOf(params: Readonly<Record<string, string | undefined>>): ProjectRef {
  const { project, namespace, name } = params;
  if (project !== undefined) {
    const id = parseIid(project);
    if (id !== undefined) return { id: asProjectId(id) };
  }
  const path = project ?? `${namespace ?? ''}/${name ?? ''}`;
  if (path.length > pathLimit || !/^[^/\0]+(\/[^/\0]+)+$/.test(path)) throw noSuchProject();
  return { path };
}
