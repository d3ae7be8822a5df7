import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import {
  ApiExtension,
  ApiExtraModels,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  getSchemaPath,
  type ApiResponseOptions,
} from '@nestjs/swagger';
import { statusOfError } from '../error-status';
import type { ErrorKind } from '../errors';

/** What a route answers when all is well. */
export interface OperationAnswer {
  /** The class that describes the JSON of the answer, or several of which one does; without it, and without `content`, there is no body. */
  readonly answer?: Type<unknown> | readonly Type<unknown>[];
  /** Whether the answer is a list of it. */
  readonly list?: boolean;
  /** The media types of an answer that is no JSON. */
  readonly content?: readonly string[];
  /** 200 with a body and 204 without one, unless told. */
  readonly status?: number;
  /** Markdown. */
  readonly description?: string;
  /** Refusals beyond those that every route of its kind has. */
  readonly refusals?: readonly ErrorKind[];
}

/** Where {@link Operation} notes the refusals of a route. */
export const refusalsExtension = 'x-refusals';

function bodyOf({ answer, list = false, content }: OperationAnswer): ApiResponseOptions {
  if (content !== undefined) return { schema: { type: 'string', format: 'binary' } };
  const [only, ...others] = [answer ?? []].flat();
  if (only === undefined) return {};
  if (others.length === 0) return { type: only, isArray: list };
  return { schema: { anyOf: [only, ...others].map((model) => ({ $ref: getSchemaPath(model) })) } };
}

/** Says what a route does, for people and for the OpenAPI document, and sets the status of its answer. */
export function Operation(summary: string, told: OperationAnswer = {}): MethodDecorator {
  const { answer, content, description, refusals = [] } = told;
  const status = told.status ?? (answer === undefined && content === undefined ? 204 : 200);
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary, ...(description === undefined ? {} : { description }) }),
    ApiExtension(
      refusalsExtension,
      refusals.map((kind) => statusOfError[kind]),
    ),
    ...(content === undefined ? [] : [ApiProduces(...content)]),
    ApiExtraModels(...[answer ?? []].flat()),
    ApiResponse({
      status,
      description: status === 204 ? 'Done.' : 'The answer.',
      ...bodyOf(told),
    }),
  );
}
