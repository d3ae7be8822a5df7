import { ArrayNotEmpty, IsArray, IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { Role } from '../../index';

const roles = ['read', 'write', 'maintain'] as const;
const visibilities = ['public', 'internal', 'private'] as const;

/** A project; a path without a namespace goes to `root/`. */
export class NewProjectDto {
  @IsString()
  @Length(1, 255)
  path!: string;

  @IsOptional()
  @IsIn(visibilities)
  visibility?: (typeof visibilities)[number];

  @IsOptional()
  @IsString()
  @Length(1, 255)
  default_branch?: string;

  /** An existing user; `root` unless told. */
  @IsOptional()
  @IsString()
  owner?: string;
}

export class NewUserDto {
  @IsString()
  @Length(1, 255)
  username!: string;
}

export class MemberDto {
  @IsString()
  username!: string;

  @IsIn(roles)
  role!: Role;
}

/** A token of a project. */
export class NewProjectTokenDto {
  @IsString()
  @Length(1, 255)
  name!: string;

  @IsIn(roles)
  role!: Role;
}

/** A token of a user. */
export class NewUserTokenDto {
  @IsString()
  @Length(1, 255)
  name!: string;

  /** Both unless told. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(['read', 'write'], { each: true })
  scopes?: ('read' | 'write')[];

  @IsOptional()
  @IsISO8601()
  expires_at?: string;
}

/** A commit that is pushed to a branch. */
export class PushDto {
  @IsString()
  @Length(1, 255)
  branch!: string;

  /** Random unless told. */
  @IsOptional()
  @Matches(/^[0-9a-f]{40}$/, { message: 'sha is 40 hexadecimal digits in lower case' })
  sha?: string;
}

export class NewMergeRequestDto {
  @IsString()
  @Length(1, 255)
  title!: string;

  @IsString()
  source_branch!: string;

  @IsOptional()
  @IsString()
  target_branch?: string;

  @IsOptional()
  @IsString()
  author?: string;
}

export class StateDto {
  @IsIn(['closed', 'merged'])
  state!: 'closed' | 'merged';
}
