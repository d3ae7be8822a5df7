import {
  applyDecorators,
  SetMetadata,
  UseFilters,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
  type ValidationError,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { invalid, type AssayError } from '../errors';
import { NativeErrorFilter } from '../native-error.filter';
import { JsonBodies } from './json-body';

function describe(errors: readonly ValidationError[], path = ''): AssayError {
  const first = errors[0];
  const field = path + (first?.property ?? '');
  if (first?.children !== undefined && first.children.length > 0) return describe(first.children, `${field}.`);
  const messages = Object.values(first?.constraints ?? {});
  return invalid(messages.join('; ') || `${field} is not valid`, field);
}

/** The metadata key by which the OpenAPI document knows the controllers of the native API. */
export const nativeApiKey = 'assay:native-api';

/**
 * For controllers of the native API: bodies and queries are checked against their DTO classes, errors answer as JSON, and the
 * routes stand in the OpenAPI document under the tag.
 */
export function NativeApi(tag = 'Server'): ClassDecorator {
  return applyDecorators(
    SetMetadata(nativeApiKey, true),
    ApiTags(tag),
    UseFilters(NativeErrorFilter),
    UseInterceptors(JsonBodies),
    UsePipes(
      new ValidationPipe({
        whitelist: true,
        forbidNonWhitelisted: true,
        transform: true,
        forbidUnknownValues: true,
        validationError: { target: false, value: false },
        exceptionFactory: (errors) => describe(errors),
      }),
    ),
  );
}
