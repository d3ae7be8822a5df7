import type { Role } from '../forge';

/**
 * What each route needs. `public` needs nothing at all (health, webhooks that carry a signature); `signed-in` needs a known
 * credential but no project; `operator` needs the server's administrator.
 */
const roleOfPermission = {
  'experiments:read': 'read',
  'experiments:write': 'write',
  'candidates:read': 'read',
  'candidates:write': 'write',
  'artifacts:read': 'read',
  'artifacts:write': 'write',
  'models:read': 'read',
  'models:write': 'write',
  'merge-requests:read': 'read',
  'project:read': 'read',
  'project:maintain': 'maintain',
} as const satisfies Record<string, Role>;

export type ProjectPermission = keyof typeof roleOfPermission;
export type Permission = ProjectPermission | 'public' | 'operator';

const ranks: Readonly<Record<Role, number>> = { read: 1, write: 2, maintain: 3 };

/** The least role that has the permission. */
export function roleFor(permission: ProjectPermission): Role {
  return roleOfPermission[permission];
}

/** Whether a role includes another. */
export function includes(role: Role, needed: Role): boolean {
  return ranks[role] >= ranks[needed];
}
