import type { CiProof, Credential, ForgeProject, Role } from '../forge';
import type { EnabledProject } from './project-directory';

/** Who makes a request, and what they may do in the project that it is about. */
export interface Principal {
  /** A user's name on the forge, `token:<name>` for a project access token, or `anonymous`. */
  readonly name: string;
  readonly role: Role;
  readonly proof?: CiProof;
}

/** What the guard found out; routes get it through {@link CurrentAccess}. */
export interface Access {
  readonly principal: Principal;
  /** As it is enabled; absent only on routes that work on projects that are not (enabling). */
  readonly project: EnabledProject;
}

/** Access to a project of the forge that may not be enabled. */
export interface ForgeAccess {
  readonly principal: Principal;
  readonly project: ForgeProject;
  readonly credential?: Credential;
}
