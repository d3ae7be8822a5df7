import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { asExperimentIid } from '../../common';
import type { View } from '../../experiments';
import type { CandidateQuery } from '../requests';

/** Query parameters that may be repeated come as one text or as several. */
function toList({ value }: { value: unknown }): unknown {
  return Array.isArray(value) ? value : [value];
}

function toNumbers({ value }: { value: unknown }): unknown {
  return (Array.isArray(value) ? value : [value]).map((text) => (text === '' ? Number.NaN : Number(text)));
}

/** Which candidates, in which order, and how many. */
export class CandidatesQuery {
  /** iids of experiments, at least one. */
  @Transform(toNumbers)
  @ArrayMaxSize(1_000)
  @IsInt({ each: true })
  @Min(0, { each: true })
  experiment!: number[];

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

  query(): CandidateQuery {
    return {
      experiments: this.experiment.map(asExperimentIid),
      orderBy: this.order_by ?? [],
      view: this.view ?? 'active',
      limit: this.max_results ?? 100,
      ...(this.filter === undefined ? {} : { filter: this.filter }),
      ...(this.page_token === undefined ? {} : { pageToken: this.page_token }),
    };
  }
}
