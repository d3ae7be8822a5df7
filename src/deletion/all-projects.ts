import { parseIid, type ProjectId } from '../common';
import { statement, type Queryable } from '../database';

/** A project on which Assay is, or was, enabled. */
export interface KnownProject {
  readonly id: ProjectId;
  readonly path: string;
}

/** The operator's list. */
const all = statement('deletion.projects', 'SELECT project_id AS id, path FROM assay.projects ORDER BY project_id');

/**
 * All projects of the server, disabled ones too, or the one of this id or path.
 * @throws Error when there is no such project
 */
export async function allProjects(database: Queryable, only?: string): Promise<KnownProject[]> {
  const projects = await database.query<KnownProject & Record<string, unknown>>(all);
  if (only === undefined) return projects;
  const id = parseIid(only);
  const found = projects.filter((project) => project.id === id || project.path.toLowerCase() === only.toLowerCase());
  if (found.length === 0) throw new Error(`There is no project ${only} with experiments on this server.`);
  return found;
}
