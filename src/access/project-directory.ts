import type { ProjectId } from '../common';
import type { ForgeProject, ProjectRef, Role } from '../forge';

/** A project of the forge on which a maintainer enabled Assay. */
export interface EnabledProject {
  readonly id: ProjectId;
  /** As the forge last said it. */
  readonly path: string;
  readonly defaultBranch: string;
  readonly visibility: ForgeProject['visibility'];
  readonly archived: boolean;
}

/** The holder of one of Assay's own project access tokens. */
export interface TokenHolder {
  readonly project: EnabledProject;
  readonly tokenId: string;
  readonly tokenName: string;
  readonly role: Role;
}

/**
 * What access needs to know of projects. ProjectsModule implements it: access stands below projects, so it cannot import them
 * (docs/decisions/0002).
 */
export interface ProjectDirectory {
  /** Undefined when the project is not enabled. */
  findEnabled(project: ProjectRef): Promise<EnabledProject | undefined>;
  /** The holder of a live token of this project, by the SHA-256 of the secret; undefined when there is none, or it expired or was revoked. */
  findToken(project: ProjectRef, hash: Buffer): Promise<TokenHolder | undefined>;
  /** Takes note of how the forge just described a project, so that renames and new visibilities arrive; never waits, never throws. */
  saw(project: ForgeProject): void;
}

/** The token under which it is injected. */
export const ProjectDirectory = Symbol('ProjectDirectory');
