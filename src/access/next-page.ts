import type { ProjectRef } from '../forge';
import { projectOf } from './project-param';

/** Where somebody goes after signing in, and the project which that page is about. */
export interface NextPage {
  readonly path: string;
  readonly project: ProjectRef;
}

const here = 'http://here.invalid';
const limit = 2048;

function decode(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** A page of a project, or its tracking URI, which the MLflow client prints as the address of runs. */
function projectParams(path: string): Readonly<Record<string, string | undefined>> | undefined {
  const [, namespace, name] = /^(?:\/.*?)??\/([^/]+)\/([^/]+)\/-\/ml(?:\/|$)/.exec(path) ?? [];
  if (namespace !== undefined) return { namespace: decode(namespace), name: decode(name) };
  const [, project] = /\/projects\/([^/]+)\/ml\/mlflow\/?$/.exec(path) ?? [];
  return project === undefined ? undefined : { project: decode(project) };
}

/** Reads the `next` of an address or a form; undefined unless it is a path on this server to a page of a project. */
export function parseNext(next: string | undefined): NextPage | undefined {
  if (next === undefined || next.length > limit || !/^\/[^/\\]/.test(next) || !URL.canParse(next, here))
    return undefined;
  const url = new URL(next, here);
  const params = projectParams(url.pathname);
  if (url.origin !== here || params === undefined || url.pathname.startsWith('//')) return undefined;
  try {
    return { path: url.pathname + url.search, project: projectOf(params) };
  } catch {
    return undefined;
  }
}
