import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { requirementKey } from '../../../../src';
import { Studio } from './studio';

/** A request that the guard let in. */
export interface StudioRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  studioUser?: string;
}

/** The host's own guard, on every route of the app but those that declare to Assay what they need: these have Assay's guard. */
@Injectable()
export class StudioGuard implements CanActivate {
  constructor(
    private readonly studio: Studio,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.get(requirementKey, context.getHandler()) !== undefined) return true;
    const request = context.switchToHttp().getRequest<StudioRequest>();
    const user = this.studio.user(request.headers['x-studio-key'] ?? '');
    if (user === undefined) throw new UnauthorizedException('Send your key as X-Studio-Key.');
    request.studioUser = user;
    return true;
  }
}
