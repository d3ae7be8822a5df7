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

/** Reads the `next` of an address or a form; undefined unless it is a path on this server to a page of a project. */
export function parseNext(next: string | undefined): NextPage | undefined {
  if (next === undefined || next.length > limit || !/^\/[^/\\]/.test(next) || !URL.canParse(next, here))
    return undefined;
  const url = new URL(next, here);
  const [, namespace, name] = /^(?:\/.*?)??\/([^/]+)\/([^/]+)\/-\/ml(?:\/|$)/.exec(url.pathname) ?? [];
  if (url.origin !== here || namespace === undefined || url.pathname.startsWith('//')) return undefined;
  try {
    return {
      path: url.pathname + url.search,
      project: projectOf({ namespace: decode(namespace), name: decode(name) }),
    };
  } catch {
    return undefined;
  }
}
