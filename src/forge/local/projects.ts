import { AssayError, asProjectId, notFound } from '../../common';
import { constraintViolation, statement, type Queryable } from '../../database';
import type { ForgeProject, ProjectRef } from '../forge';
import { fullPath } from './names';

/** A project of the local forge, without its address. */
export type LocalProject = Omit<ForgeProject, 'webUrl'>;

/** What may be chosen when a project is made. */
export interface NewProject {
  /** Without a namespace it goes to `root/`. */
  readonly path: string;
  readonly visibility: ForgeProject['visibility'];
  readonly defaultBranch: string;
}

interface ProjectRow {
  readonly project_id: number;
  readonly path: string;
  readonly default_branch: string;
  readonly visibility: ForgeProject['visibility'];
  readonly archived: boolean;
}

const columns = 'project_id, path, default_branch, visibility, archived';
const byId = statement('local.project.by-id', `SELECT ${columns} FROM assay_forge.projects WHERE project_id = $1`);
const byPath = statement(
  'local.project.by-path',
  `SELECT ${columns} FROM assay_forge.projects WHERE lower(path) = lower($1)`,
);
const all = statement('local.projects', `SELECT ${columns} FROM assay_forge.projects ORDER BY lower(path)`);
const insert = statement(
  'local.project.insert',
  `INSERT INTO assay_forge.projects (path, visibility, default_branch) VALUES ($1, $2, $3) RETURNING ${columns}`,
);
const update = statement(
  'local.project.update',
  `UPDATE assay_forge.projects
      SET path = coalesce($2, path), visibility = coalesce($3, visibility), archived = coalesce($4, archived)
    WHERE project_id = $1 RETURNING ${columns}`,
);

function toProject(row: ProjectRow): LocalProject {
  return {
    id: asProjectId(row.project_id),
    path: row.path,
    defaultBranch: row.default_branch,
    visibility: row.visibility,
    archived: row.archived,
  };
}

async function orTaken(path: string, rows: Promise<ProjectRow[]>): Promise<ProjectRow[]> {
  try {
    return await rows;
  } catch (error) {
    if (constraintViolation(error)?.state !== '23505') throw error;
    throw new AssayError('already-exists', `A project ${path} exists already; choose another path.`, { field: 'path' });
  }
}

/** Paths are compared without regard to case, and shown as they were typed. */
export class LocalProjects {
  constructor(private readonly db: Queryable) {}

  async find(project: ProjectRef): Promise<LocalProject | undefined> {
    const [row] =
      'id' in project
        ? await this.db.query<ProjectRow>(byId, [project.id])
        : await this.db.query<ProjectRow>(byPath, [project.path.includes('/') ? project.path : `root/${project.path}`]);
    return row === undefined ? undefined : toProject(row);
  }

  /** @throws AssayError `not-found` */
  async get(project: ProjectRef): Promise<LocalProject> {
    const found = await this.find(project);
    if (found !== undefined) return found;
    throw notFound(`There is no project ${'id' in project ? String(project.id) : project.path} on this forge.`);
  }

  async all(): Promise<LocalProject[]> {
    return (await this.db.query<ProjectRow>(all)).map(toProject);
  }

  /** @throws AssayError `already-exists` */
  async create({ path, visibility, defaultBranch }: NewProject): Promise<LocalProject> {
    const full = fullPath(path);
    const [row] = await orTaken(full, this.db.query<ProjectRow>(insert, [full, visibility, defaultBranch]));
    return toProject(row as ProjectRow);
  }

  /** Changes what is given; the id stays. */
  async update(
    project: ProjectRef,
    change: { path?: string; visibility?: ForgeProject['visibility']; archived?: boolean },
  ): Promise<LocalProject> {
    const { id } = await this.get(project);
    const path = change.path === undefined ? undefined : fullPath(change.path);
    const values = [id, path, change.visibility, change.archived];
    const [row] = await orTaken(path ?? '', this.db.query<ProjectRow>(update, values));
    return toProject(row as ProjectRow);
  }
}
