import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Length, ValidateIf, ValidateNested } from 'class-validator';
import { ChoiceField, DateField, FlagField, TextField } from '../common';
import type { Role } from '../forge';
import type { NewProjectToken } from './project-tokens.service';
import type { PrimaryMetric, SettingsPatch } from './project';

class PrimaryMetricDto implements PrimaryMetric {
  @TextField({ max: 250, description: 'Of the metric.' })
  @Length(1, 250)
  name!: string;

  @ChoiceField({ choices: ['maximize', 'minimize'], description: 'Which way is better.' })
  direction!: 'maximize' | 'minimize';
}

/** A change of the settings; what is left out stays. */
export class SettingsDto {
  @ApiProperty({
    type: PrimaryMetricDto,
    nullable: true,
    required: false,
    description: 'Decides which candidate is best; null: nothing does.',
  })
  @ValidateIf(({ primary_metric: metric }: SettingsDto) => metric !== undefined && metric !== null)
  @ValidateNested()
  @Type(() => PrimaryMetricDto)
  primary_metric?: PrimaryMetricDto | null;

  @FlagField({ optional: true, description: 'Whether merge requests get a comment.' })
  comment?: boolean;

  @TextField({ optional: true, max: 100, description: 'The name of the commit status.' })
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
  @TextField({ max: 255, description: 'What it is for.' })
  @Length(1, 255)
  name!: string;

  @ChoiceField({ choices: ['read', 'write', 'maintain'], description: 'What it may do.' })
  role!: Role;

  @DateField({ optional: true, description: 'When it ends: ISO 8601, with or without a time. Never, unless told.' })
  expires_at?: Date;

  token(): NewProjectToken {
    const { name, role, expires_at: expiresAt } = this;
    return { name, role, expiresAt };
  }
}
