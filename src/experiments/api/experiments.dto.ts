import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { ExperimentSearch, View } from '../experiment';

/** Query parameters that may be repeated come as one text or as several. */
function toList({ value }: { value: unknown }): unknown {
  return Array.isArray(value) ? value : [value];
}

/** Which experiments, and how many. */
export class ExperimentsQuery {
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

  search(): ExperimentSearch {
    return {
      orderBy: this.order_by ?? [],
      view: this.view ?? 'active',
      limit: this.max_results ?? 100,
      ...(this.filter === undefined ? {} : { filter: this.filter }),
      ...(this.page_token === undefined ? {} : { pageToken: this.page_token }),
    };
  }
}
