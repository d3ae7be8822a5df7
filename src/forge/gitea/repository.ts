import { asProjectId } from '../../common';
import type { ForgeProject, Role } from '../forge';
import type { Repository } from './gitea.schema';

const part = /^[A-Za-z0-9_.-]{1,100}$/;

/** `/repos/{owner}/{name}`; undefined for a path that no repository can have. */
export function repositoryAddress(path: string): string | undefined {
  const parts = path.split('/');
  const good = parts.length === 2 && parts.every((name) => part.test(name) && name !== '.' && name !== '..');
  return good ? `/repos/${path}` : undefined;
}

/** In our words. `internal` is a repository of an owner whom only signed-in users see. */
export function toProject(repository: Repository): ForgeProject {
  return {
    id: asProjectId(repository.id),
    path: repository.full_name,
    defaultBranch: repository.default_branch,
    visibility: repository.private ? 'private' : repository.internal ? 'internal' : 'public',
    archived: repository.archived,
    webUrl: repository.html_url,
  };
}

/**
 * The role of whoever asked for the repository. Somebody who sees only its issues has none: `pull` is the right to the code.
 * An archived repository is read-only, whatever the permissions say.
 */
export function roleOf({ permissions, archived }: Repository): Role | undefined {
  if (permissions?.pull !== true) return undefined;
  if (archived) return 'read';
  return permissions.admin ? 'maintain' : permissions.push ? 'write' : 'read';
}
