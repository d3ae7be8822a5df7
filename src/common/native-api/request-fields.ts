import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

interface FieldOptions {
  readonly description: string;
  readonly optional?: boolean;
}

function field({ description, optional = false }: FieldOptions, documented: ApiPropertyOptions): PropertyDecorator[] {
  return [
    ApiProperty({ ...documented, description, required: !optional } as ApiPropertyOptions),
    ...(optional ? [IsOptional()] : []),
  ];
}

/** Parameters that may be repeated come as one text or as several. */
function toList({ value }: { value: unknown }): unknown {
  return Array.isArray(value) ? value : [value];
}

function toNumber(text: unknown): unknown {
  return typeof text === 'string' ? (/^-?[0-9]+$/.test(text) ? Number(text) : Number.NaN) : text;
}

/** A text of at most `max` characters; how it must look is the service's to check. */
export function TextField({ max, ...options }: FieldOptions & { readonly max?: number }): PropertyDecorator {
  const limit = max === undefined ? [] : [MaxLength(max)];
  return applyDecorators(
    ...field(options, { type: 'string', ...(max === undefined ? {} : { maxLength: max }) }),
    IsString(),
    ...limit,
  );
}

/** A whole number, in queries too. */
export function WholeField({
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
  ...options
}: FieldOptions & { readonly min?: number; readonly max?: number }): PropertyDecorator {
  return applyDecorators(
    ...field(options, { type: 'integer', format: 'int64', minimum: min, maximum: max }),
    Transform(({ value }: { value: unknown }) => toNumber(value)),
    IsInt(),
    Min(min),
    Max(max),
  );
}

/** One of some texts. */
export function ChoiceField({
  choices,
  name,
  ...options
}: FieldOptions & { readonly choices: readonly string[]; readonly name?: string }): PropertyDecorator {
  return applyDecorators(
    ...field(options, { type: 'string', enum: [...choices], ...(name === undefined ? {} : { enumName: name }) }),
    IsIn(choices),
  );
}

/** Texts of a query; the parameter may be repeated. */
export function TextsField({
  most = 1_000,
  choices,
  ...options
}: FieldOptions & { readonly most?: number; readonly choices?: readonly string[] }): PropertyDecorator {
  const items = choices === undefined ? { type: 'string' } : { type: 'string', enum: [...choices] };
  return applyDecorators(
    ...field(options, { type: 'array', items, maxItems: most }),
    Transform(toList),
    ArrayMaxSize(most),
    choices === undefined ? IsString({ each: true }) : IsIn(choices, { each: true }),
  );
}

/** Whole numbers from 0 of a query; the parameter may be repeated. */
export function WholesField({
  most = 1_000,
  ...options
}: FieldOptions & { readonly most?: number }): PropertyDecorator {
  return applyDecorators(
    ...field(options, { type: 'array', items: { type: 'integer', format: 'int64', minimum: 0 }, maxItems: most }),
    Transform(({ value }: { value: unknown }) => [value].flat().map(toNumber)),
    ArrayMaxSize(most),
    IsInt({ each: true }),
    Min(0, { each: true }),
  );
}

/** true or false, in queries by these words. */
export function FlagField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...field(options, { type: 'boolean' }),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );
}

/** A date and time as ISO 8601 writes it. */
export function DateField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...field(options, { type: 'string', format: 'date-time' }),
    Type(() => Date),
    IsDate(),
  );
}
