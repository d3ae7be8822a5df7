import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { AssayError, challenge, type HttpAnswer, type HttpRequest } from '../common';
import { Gate } from './gate';
import type { Permission } from './permission';
import type { Access, ForgeAccess } from './principal';
import { projectOf } from './project-param';
import { sessionStrategyName, tokenStrategyName, type Presented } from './strategies';

/** What `@Requires` notes down. */
export interface Requirement {
  readonly permission: Permission;
  readonly evenIfDisabled: boolean;
}

/** The metadata key of the {@link Requirement}. */
export const requirementKey = 'assay:requires';

/** A request that went through the guard. */
export interface GuardedRequest extends HttpRequest {
  assayPresented?: Presented | undefined;
  assayAccess?: Access;
  assayForgeAccess?: ForgeAccess;
}

/** Lets a request pass that holds the permission its route declares; the strategies read, the {@link Gate} decides. */
@Injectable()
export class AccessGuard extends AuthGuard([tokenStrategyName, sessionStrategyName]) {
  constructor(
    private readonly reflector: Reflector,
    private readonly gate: Gate,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const needs = this.reflector.get<Requirement | undefined>(requirementKey, context.getHandler());
    if (needs === undefined) throw new Error('A guarded route must declare its permission');
    if (needs.permission === 'public') return true;
    try {
      await super.canActivate(context);
      await this.decide(context.switchToHttp().getRequest<GuardedRequest>(), needs);
      return true;
    } catch (error) {
      if (error instanceof AssayError && error.kind === 'unauthenticated')
        context.switchToHttp().getResponse<HttpAnswer>().header('WWW-Authenticate', challenge);
      throw error;
    }
  }

  override getAuthenticateOptions(): { session: boolean; property: string } {
    return { session: false, property: 'assayPresented' };
  }

  override handleRequest<User>(error: unknown, presented: User | false): User {
    if (error instanceof Error) throw error;
    return (presented === false ? undefined : presented) as User;
  }

  private async decide(request: GuardedRequest, { permission, evenIfDisabled }: Requirement): Promise<void> {
    const credential = this.gate.credential(request.assayPresented, request);
    this.gate.countRequest(credential);
    if (permission === 'public') return;
    if (permission === 'operator') {
      await this.gate.operator(credential);
      return;
    }
    const project = projectOf(request.params);
    if (evenIfDisabled) request.assayForgeAccess = await this.gate.enterForge(project, credential, permission);
    else request.assayAccess = await this.gate.enter(project, credential, permission);
  }
}
