import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, IsArray, IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { Role } from '../../index';

const roles = ['read', 'write', 'maintain'] as const;
const visibilities = ['public', 'internal', 'private'] as const;

/** A project; a path without a namespace goes to `root/`. */
export class NewProjectDto {
  @ApiProperty({ minLength: 1, maxLength: 255, description: 'Without a namespace it goes to `root/`.' })
  @IsString()
  @Length(1, 255)
  path!: string;

  @ApiPropertyOptional({ type: String, enum: visibilities, description: 'private unless told.' })
  @IsOptional()
  @IsIn(visibilities)
  visibility?: (typeof visibilities)[number];

  @ApiPropertyOptional({ minLength: 1, maxLength: 255, description: 'main unless told.' })
  @IsOptional()
  @IsString()
  @Length(1, 255)
  default_branch?: string;

  @ApiPropertyOptional({ description: 'An existing user; `root` unless told.' })
  @IsOptional()
  @IsString()
  owner?: string;
}

export class NewUserDto {
  @ApiProperty({ minLength: 1, maxLength: 255, description: 'Which other users see.' })
  @IsString()
  @Length(1, 255)
  username!: string;
}

export class MemberDto {
  @ApiProperty({ description: 'An existing user.' })
  @IsString()
  username!: string;

  @ApiProperty({ type: String, enum: roles, description: 'What they may do.' })
  @IsIn(roles)
  role!: Role;
}

/** A token of a project. */
export class NewProjectTokenDto {
  @ApiProperty({ minLength: 1, maxLength: 255, description: 'What it is for.' })
  @IsString()
  @Length(1, 255)
  name!: string;

  @ApiProperty({ type: String, enum: roles, description: 'What it may do.' })
  @IsIn(roles)
  role!: Role;
}

/** A token of a user. */
export class NewUserTokenDto {
  @ApiProperty({ minLength: 1, maxLength: 255, description: 'What it is for.' })
  @IsString()
  @Length(1, 255)
  name!: string;

  @ApiPropertyOptional({ type: String, isArray: true, enum: ['read', 'write'], description: 'Both unless told.' })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(['read', 'write'], { each: true })
  scopes?: ('read' | 'write')[];

  @ApiPropertyOptional({ format: 'date-time', description: 'Never, unless told.' })
  @IsOptional()
  @IsISO8601()
  expires_at?: string;
}

/** A commit that is pushed to a branch. */
export class PushDto {
  @ApiProperty({ minLength: 1, maxLength: 255, description: 'Made when it is not there.' })
  @IsString()
  @Length(1, 255)
  branch!: string;

  @ApiPropertyOptional({ pattern: '^[0-9a-f]{40}$', description: 'Random unless told.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{40}$/, { message: 'sha is 40 hexadecimal digits in lower case' })
  sha?: string;
}

export class NewMergeRequestDto {
  @ApiProperty({ minLength: 1, maxLength: 255, description: 'In one line.' })
  @IsString()
  @Length(1, 255)
  title!: string;

  @ApiProperty({ description: 'Where the change is.' })
  @IsString()
  source_branch!: string;

  @ApiPropertyOptional({ description: 'The default branch unless told.' })
  @IsOptional()
  @IsString()
  target_branch?: string;

  @ApiPropertyOptional({ description: 'An existing user.' })
  @IsOptional()
  @IsString()
  author?: string;
}

export class StateDto {
  @ApiProperty({ type: String, enum: ['closed', 'merged'], description: 'How it ends.' })
  @IsIn(['closed', 'merged'])
  state!: 'closed' | 'merged';
}
