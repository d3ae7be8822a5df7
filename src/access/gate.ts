import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Addresses, AssayError, forbidden, type HttpRequest } from '../common';
import type { Credential, ForgeProject, ProjectAccess, ProjectRef } from '../forge';
import { AccessOptions } from './access-options';
import { includes, roleFor, type ProjectPermission } from './permission';
import type { Access, ForgeAccess, Principal } from './principal';
import { hashOf, Principals } from './principals';
import { ProjectDirectory, type TokenHolder } from './project-directory';
import { noSuchProject } from './project-param';
import { requireSameOrigin } from './same-origin';
import { RequestLimit } from './request-limit';
import { Sessions } from './session';
import type { Presented } from './strategies';

/** How Assay's own project access tokens begin. */
export const ownTokenPrefix = 'assay_pat_';

function unauthenticated(message: string): AssayError {
  return new AssayError('unauthenticated', message);
}

/** Decides who comes in. Every way that is not certain is closed. */
@Injectable()
export class Gate {
  constructor(
    private readonly principals: Principals,
    private readonly sessions: Sessions,
    private readonly requests: RequestLimit,
    private readonly addresses: Addresses,
    @Inject(ProjectDirectory) private readonly directory: ProjectDirectory,
    @Inject(AccessOptions) private readonly options: AccessOptions,
  ) {}

  /**
   * The credential of what a request presents; a session that is not good is none.
   * @throws AssayError `forbidden` when a session comes with a request that another site may have made
   */
  credential(presented: Presented | undefined, request: HttpRequest): Credential | undefined {
    if (presented === undefined) return undefined;
    if (presented.by === 'header') return presented;
    const secret = this.sessions.read(presented.sealed);
    if (secret === undefined) return undefined;
    requireSameOrigin(request, this.addresses);
    return { kind: 'token', secret };
  }

  /** @throws AssayError `rate-limited` when the credential's requests of this minute are used up */
  countRequest(credential: Credential | undefined): void {
    this.requests.count(credential);
  }

  /** @throws AssayError `unauthenticated` without a credential, `forbidden` when it is not an administrator's */
  async operator(credential: Credential | undefined): Promise<void> {
    if (credential === undefined) throw unauthenticated("This needs the administrator's token.");
    const { operatorToken, isOperator } = this.options;
    const given = hashOf(credential.secret);
    if ([operatorToken ?? []].flat().some((token) => timingSafeEqual(hashOf(token), given))) return;
    if (isOperator !== undefined && (await isOperator(credential.secret))) return;
    throw forbidden("This needs the administrator's token.");
  }

  /** Whether the token is good for the project at all, for signing in. */
  async knows(ref: ProjectRef, secret: string): Promise<boolean> {
    if (secret.startsWith(ownTokenPrefix)) return (await this.directory.findToken(ref, hashOf(secret))) !== undefined;
    try {
      return (await this.principals.access(ref, { kind: 'token', secret })) !== undefined;
    } catch (error) {
      if (error instanceof AssayError && error.kind === 'unauthenticated') return false;
      throw error;
    }
  }

  /** Access to an enabled project. */
  async enter(ref: ProjectRef, credential: Credential | undefined, permission: ProjectPermission): Promise<Access> {
    if (credential?.secret.startsWith(ownTokenPrefix) === true) {
      const holder = await this.holder(ref, credential, permission);
      return { principal: { name: `token:${holder.tokenName}`, role: holder.role }, project: holder.project };
    }
    const { access, principal } = await this.ask(ref, credential, permission);
    const project = await this.directory.findEnabled({ id: access.project.id });
    if (project === undefined) throw noSuchProject();
    await this.demand(ref, access, credential, permission);
    return { principal, project };
  }

  /** Access to a project of the forge, whether or not it is enabled. */
  async enterForge(
    ref: ProjectRef,
    credential: Credential | undefined,
    permission: ProjectPermission,
  ): Promise<ForgeAccess> {
    if (credential?.secret.startsWith(ownTokenPrefix) === true) {
      const holder = await this.holder(ref, credential, permission);
      const project = await this.principals.project({ id: holder.project.id });
      if (project === undefined) throw noSuchProject();
      return { principal: { name: `token:${holder.tokenName}`, role: holder.role }, project };
    }
    const { access, principal } = await this.ask(ref, credential, permission);
    await this.demand(ref, access, credential, permission);
    return { principal, project: access.project, ...(credential === undefined ? {} : { credential }) };
  }

  private async holder(ref: ProjectRef, { secret }: Credential, permission: ProjectPermission): Promise<TokenHolder> {
    const holder = await this.directory.findToken(ref, hashOf(secret));
    if (holder === undefined)
      throw unauthenticated('This token is not valid for this project, or it expired or was revoked.');
    this.demandActive(holder.project, permission);
    this.demandRole(holder.role, permission);
    return holder;
  }

  private async ask(
    ref: ProjectRef,
    credential: Credential | undefined,
    permission: ProjectPermission,
  ): Promise<{ readonly access: ProjectAccess; readonly principal: Principal }> {
    const access = await this.principals.access(ref, credential);
    if (credential === undefined && (access === undefined || roleFor(permission) !== 'read'))
      throw unauthenticated('This needs a token: set MLFLOW_TRACKING_TOKEN, or send it as Authorization: Bearer.');
    if (access === undefined) throw noSuchProject();
    const { role, user, proof } = access;
    const name = user?.username ?? 'anonymous';
    return { access, principal: { name, role, ...(proof === undefined ? {} : { proof }) } };
  }

  private async demand(
    ref: ProjectRef,
    { role, project }: ProjectAccess,
    credential: Credential | undefined,
    permission: ProjectPermission,
  ): Promise<void> {
    this.demandActive(project, permission);
    this.demandRole(role, permission);
    if (credential === undefined || roleFor(permission) === 'read') return;
    if (!(await this.principals.mayWrite(ref, credential)))
      throw forbidden("The token's scopes are read-only; use a token that may write to the repository.");
  }

  private demandRole(role: Access['principal']['role'], permission: ProjectPermission): void {
    const needed = roleFor(permission);
    if (!includes(role, needed)) throw forbidden(`This needs the role "${needed}" in the project; yours is "${role}".`);
  }

  private demandActive({ archived }: Pick<ForgeProject, 'archived'>, permission: ProjectPermission): void {
    if (archived && roleFor(permission) !== 'read') throw forbidden('The project is archived, so it is read-only.');
  }
}
