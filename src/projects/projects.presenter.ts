import type { Addresses } from '../common';
import type { ForgeProject, Role } from '../forge';
import type { Project, ProjectSettings } from './project';
import type { ProjectToken } from './project-tokens.service';

/** Settings as the native API shows them. */
export function presentSettings({ primaryMetric, comment, statusContext }: ProjectSettings): Record<string, unknown> {
  return { primary_metric: primaryMetric ?? null, comment, status_context: statusContext };
}

/** A project of the forge, with what is known when it is enabled. */
export function presentProject(
  addresses: Addresses,
  forgeProject: ForgeProject,
  role: Role,
  project: Project | undefined,
): Record<string, unknown> {
  const { id, path, defaultBranch, visibility, archived } = forgeProject;
  const described = { project_id: id, project: path, default_branch: defaultBranch, visibility, archived, role };
  if (project === undefined) return { enabled: false, ...described };
  return {
    enabled: true,
    ...described,
    tracking_uri: addresses.trackingUri(id),
    page: addresses.page(path, 'experiments'),
    settings: presentSettings(project.settings),
    webhook: project.webhookId !== undefined,
    enabled_by: project.enabledBy,
    enabled_at: project.enabledAt.toISOString(),
  };
}

/** A token without its secret. */
export function presentToken(token: ProjectToken): Record<string, unknown> {
  const { id, name, role, expiresAt, createdBy, createdAt, lastUsedAt } = token;
  return {
    id,
    name,
    role,
    expires_at: expiresAt?.toISOString() ?? null,
    created_by: createdBy,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}
