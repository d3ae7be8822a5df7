import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

interface AnswerOptions {
  /** Left out where there is none. */
  readonly optional?: boolean;
  /** Null where there is none. */
  readonly nullable?: boolean;
}

function told(
  documented: ApiPropertyOptions,
  description: string,
  { optional = false, nullable = false }: AnswerOptions,
): PropertyDecorator {
  const more = { description, required: !optional, ...(nullable ? { nullable } : {}) };
  return ApiProperty({ ...documented, ...more } as ApiPropertyOptions);
}

/** A text in an answer. */
export function TextAnswer(
  description: string,
  options: AnswerOptions & { enum?: readonly string[] } = {},
): PropertyDecorator {
  const choices = options.enum === undefined ? {} : { enum: [...options.enum] };
  return told({ type: 'string', ...choices }, description, options);
}

/** A whole number in an answer; times of clients are such, in milliseconds since the epoch. */
export function WholeAnswer(description: string, options: AnswerOptions = {}): PropertyDecorator {
  return told({ type: 'integer', format: 'int64' }, description, options);
}

/** A number in an answer; JSON has no NaN and no infinities, so they go as these texts. */
export function NumberAnswer(description: string, options: AnswerOptions = {}): PropertyDecorator {
  const oneOf = [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }];
  return told({ oneOf }, description, options);
}

/** A moment of the server's clock in an answer, as ISO 8601 writes it. */
export function TimeAnswer(description: string, options: AnswerOptions = {}): PropertyDecorator {
  return told({ type: 'string', format: 'date-time' }, description, options);
}

/** true or false in an answer. */
export function FlagAnswer(description: string, options: AnswerOptions = {}): PropertyDecorator {
  return told({ type: 'boolean' }, description, options);
}

/** Another answer's class inside this one. */
export function PartAnswer(
  part: () => Type<unknown>,
  description: string,
  options: AnswerOptions = {},
): PropertyDecorator {
  // A function of this very name is asked later, when the part's class is there.
  return told({ type: () => part() }, description, options);
}

/** Several of another answer's class. */
export function ListAnswer(
  part: () => Type<unknown>,
  description: string,
  options: AnswerOptions = {},
): PropertyDecorator {
  return told({ type: () => [part()] }, description, options);
}

/** What {@link NumberAnswer} documents. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** The number, or its name where JSON cannot carry it. */
export function presentNumber(value: number): JsonNumber {
  return Number.isFinite(value) ? value : (String(value) as JsonNumber);
}
