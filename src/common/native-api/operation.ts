import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { statusOfError } from '../error-status';
import type { ErrorKind } from '../errors';

/** What a route answers when all is well. */
export interface OperationAnswer {
  /** The class that describes the JSON of the answer; without it, and without `content`, there is no body. */
  readonly answer?: Type<unknown>;
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

/** Says what a route does, for people and for the OpenAPI document, and sets the status of its answer. */
export function Operation(
  summary: string,
  { answer, content, status, description, refusals = [] }: OperationAnswer = {},
): MethodDecorator {
  const code = status ?? (answer === undefined && content === undefined ? 204 : 200);
  const binary = { schema: { type: 'string', format: 'binary' } } as const;
  return applyDecorators(
    HttpCode(code),
    ApiOperation({ summary, ...(description === undefined ? {} : { description }) }),
    ApiExtension(
      refusalsExtension,
      refusals.map((kind) => statusOfError[kind]),
    ),
    ...(content === undefined ? [] : [ApiProduces(...content)]),
    ApiResponse({
      status: code,
      description: code === 204 ? 'Done.' : 'The answer.',
      ...(answer === undefined ? {} : { type: answer }),
      ...(content === undefined ? {} : binary),
    }),
  );
}
