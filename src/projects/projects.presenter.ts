import type { Addresses } from '../common';
import type { ForgeProject, Role } from '../forge';
import type { Project, ProjectSettings } from './project';
import type { ProjectToken } from './project-tokens.service';
import type { DisabledProjectAnswer, EnabledProjectAnswer, SettingsAnswer, TokenAnswer } from './projects.answers';

/** Settings as the native API shows them. */
export function presentSettings({ primaryMetric, comment, statusContext }: ProjectSettings): SettingsAnswer {
  return { primary_metric: primaryMetric ?? null, comment, status_context: statusContext };
}

function describe(
  { id, path, defaultBranch, visibility, archived }: ForgeProject,
  role: Role,
): Omit<DisabledProjectAnswer, 'enabled'> {
  return { project_id: id, project: path, default_branch: defaultBranch, visibility, archived, role };
}

/** A project of the forge, with what is known when it is enabled. */
export function presentProject(
  addresses: Addresses,
  forgeProject: ForgeProject,
  role: Role,
  project: Project | undefined,
): DisabledProjectAnswer | EnabledProjectAnswer {
  if (project === undefined) return { enabled: false, ...describe(forgeProject, role) };
  return presentEnabled(addresses, forgeProject, role, project);
}

/** A project with experiments. */
export function presentEnabled(
  addresses: Addresses,
  forgeProject: ForgeProject,
  role: Role,
  project: Project,
): EnabledProjectAnswer {
  const { id, path } = forgeProject;
  return {
    enabled: true,
    ...describe(forgeProject, role),
    tracking_uri: addresses.trackingUri(id),
    page: addresses.page(path, 'experiments'),
    settings: presentSettings(project.settings),
    webhook: project.webhookId !== undefined,
    enabled_by: project.enabledBy,
    enabled_at: project.enabledAt.toISOString(),
  };
}

/** A token without its secret. */
export function presentToken(token: ProjectToken): TokenAnswer {
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
