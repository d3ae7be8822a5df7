import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  UseGuards,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { AccessGuard, requirementKey, type GuardedRequest, type Requirement } from './access.guard';
import type { Permission } from './permission';
import type { Access, ForgeAccess } from './principal';

/** Declares what a route needs, in the OpenAPI document too, and guards it. `evenIfDisabled` is for routes that work before Assay is enabled. */
export function Requires(
  permission: Permission,
  { evenIfDisabled = false }: { readonly evenIfDisabled?: boolean } = {},
): MethodDecorator {
  const metadata: CustomDecorator = SetMetadata(requirementKey, { permission, evenIfDisabled } satisfies Requirement);
  return applyDecorators(metadata, ApiExtension('x-permission', permission), UseGuards(AccessGuard));
}

function guarded(context: ExecutionContext): GuardedRequest {
  return context.switchToHttp().getRequest<GuardedRequest>();
}

/** The caller's {@link Access}; on routes that need a project permission. */
export const CurrentAccess = createParamDecorator((_: unknown, context: ExecutionContext): Access => {
  const { assayAccess } = guarded(context);
  if (assayAccess === undefined) throw new Error('The route needs @Requires with a permission of a project');
  return assayAccess;
});

/** The caller's {@link ForgeAccess}; on routes declared `evenIfDisabled`. */
export const CurrentForgeAccess = createParamDecorator((_: unknown, context: ExecutionContext): ForgeAccess => {
  const { assayForgeAccess } = guarded(context);
  if (assayForgeAccess === undefined) throw new Error('The route needs @Requires with evenIfDisabled');
  return assayForgeAccess;
});
