import { ApiProperty } from '@nestjs/swagger';
import { FlagAnswer, ListAnswer, PartAnswer, TextAnswer, TimeAnswer, WholeAnswer } from '../common';
import type { ForgeProject, Role } from '../forge';

const roles: readonly Role[] = ['read', 'write', 'maintain'];

class PrimaryMetricAnswer {
  @TextAnswer('Of the metric.')
  name!: string;

  @TextAnswer('Which way is better.', { enum: ['maximize', 'minimize'] })
  direction!: 'maximize' | 'minimize';
}

/** What maintainers have set. */
export class SettingsAnswer {
  @PartAnswer(() => PrimaryMetricAnswer, 'Decides which candidate is best; null while nothing does.', {
    nullable: true,
  })
  primary_metric!: PrimaryMetricAnswer | null;

  @FlagAnswer('Whether merge requests get a comment.')
  comment!: boolean;

  @TextAnswer('The name of the commit status.')
  status_context!: string;
}

class ForgeProjectAnswer {
  @WholeAnswer("The forge's number of it.")
  project_id!: number;

  @TextAnswer('Its full path.')
  project!: string;

  @TextAnswer('The name of the branch.')
  default_branch!: string;

  @TextAnswer('Who may see it.', { enum: ['public', 'internal', 'private'] })
  visibility!: ForgeProject['visibility'];

  @FlagAnswer('Whether it is read-only at the forge.')
  archived!: boolean;

  @TextAnswer('What the token may do in it.', { enum: roles })
  role!: Role;
}

/** A project of the forge on which experiments are not enabled. */
export class DisabledProjectAnswer extends ForgeProjectAnswer {
  @ApiProperty({ type: 'boolean', enum: [false], description: 'Experiments are not enabled.' })
  enabled!: false;
}

/** A project with experiments. */
export class EnabledProjectAnswer extends ForgeProjectAnswer {
  @ApiProperty({ type: 'boolean', enum: [true], description: 'Experiments are enabled.' })
  enabled!: true;

  @TextAnswer('What MLFLOW_TRACKING_URI is set to.')
  tracking_uri!: string;

  @TextAnswer('The page of its experiments.')
  page!: string;

  @PartAnswer(() => SettingsAnswer, 'What maintainers have set.')
  settings!: SettingsAnswer;

  @FlagAnswer('Whether the forge tells of its events.')
  webhook!: boolean;

  @TextAnswer('Who enabled it.')
  enabled_by!: string;

  @TimeAnswer('When it was enabled.')
  enabled_at!: string;
}

/** A project that was just enabled. */
export class EnablingAnswer extends EnabledProjectAnswer {
  @ApiProperty({ type: [String], description: 'What did not work, and what to do about it.' })
  warnings!: string[];
}

/** A project access token without its secret. */
export class TokenAnswer {
  @TextAnswer('By which it is revoked.')
  id!: string;

  @TextAnswer('As its maker called it.')
  name!: string;

  @TextAnswer('What it may do.', { enum: roles })
  role!: Role;

  @TimeAnswer('When it ends; null when it does not.', { nullable: true })
  expires_at!: string | null;

  @TextAnswer('Who made it.')
  created_by!: string;

  @TimeAnswer('When it was made.')
  created_at!: string;

  @TimeAnswer('Null while it was not used.', { nullable: true })
  last_used_at!: string | null;
}

/** The project access tokens. */
export class TokensAnswer {
  @ListAnswer(() => TokenAnswer, 'Those that are not revoked.')
  tokens!: TokenAnswer[];
}

/** A new project access token. */
export class NewTokenAnswer extends TokenAnswer {
  @TextAnswer('The secret, shown this once.')
  token!: string;
}
