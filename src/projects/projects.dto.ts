import { Type } from 'class-transformer';
import { IsBoolean, IsDate, IsIn, IsOptional, IsString, Length, ValidateIf, ValidateNested } from 'class-validator';
import type { Role } from '../forge';
import type { NewProjectToken } from './project-tokens.service';
import type { PrimaryMetric, SettingsPatch } from './project';

class PrimaryMetricDto implements PrimaryMetric {
  @IsString()
  @Length(1, 250)
  name!: string;

  @IsIn(['maximize', 'minimize'])
  direction!: 'maximize' | 'minimize';
}

/** A change of the settings; what is left out stays. */
export class SettingsDto {
  @ValidateIf(({ primary_metric: metric }: SettingsDto) => metric !== undefined && metric !== null)
  @ValidateNested()
  @Type(() => PrimaryMetricDto)
  primary_metric?: PrimaryMetricDto | null;

  @IsOptional()
  @IsBoolean()
  comment?: boolean;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  status_context?: string;

  patch(): SettingsPatch {
    const { primary_metric: primaryMetric, comment, status_context: statusContext } = this;
    const metric = primaryMetric && { name: primaryMetric.name, direction: primaryMetric.direction };
    return { primaryMetric: metric, comment, statusContext };
  }
}

/** A token to be made. */
export class NewTokenDto {
  @IsString()
  @Length(1, 255)
  name!: string;

  @IsIn(['read', 'write', 'maintain'])
  role!: Role;

  /** An ISO 8601 date, with or without a time. */
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  expires_at?: Date;

  token(): NewProjectToken {
    const { name, role, expires_at: expiresAt } = this;
    return { name, role, expiresAt };
  }
}
