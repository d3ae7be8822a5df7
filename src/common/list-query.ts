import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** Live things, deleted ones, or both. */
export type View = 'active' | 'deleted' | 'all';

/** Query parameters that may be repeated come as one text or as several. */
function toList({ value }: { value: unknown }): unknown {
  return Array.isArray(value) ? value : [value];
}

/** What a list of the native API can be asked; 100 items a page unless told. */
export class ListQuery {
  /** In the filter language. */
  @IsOptional()
  @IsString()
  filter?: string;

  @IsOptional()
  @Transform(toList)
  @IsString({ each: true })
  order_by?: string[];

  @IsOptional()
  @IsIn(['active', 'deleted', 'all'])
  view?: View;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  max_results?: number;

  @IsOptional()
  @IsString()
  page_token?: string;
}

/** A list's query in the words of the services. */
export interface ListSelection {
  readonly filter?: string;
  readonly orderBy: readonly string[];
  readonly view: View;
  readonly limit: number;
  readonly pageToken?: string;
}

/** Fills in what a query leaves out. */
export function selectionOf({ filter, order_by, view, max_results, page_token }: ListQuery): ListSelection {
  return {
    orderBy: order_by ?? [],
    view: view ?? 'active',
    limit: max_results ?? 100,
    ...(filter === undefined ? {} : { filter }),
    ...(page_token === undefined ? {} : { pageToken: page_token }),
  };
}
