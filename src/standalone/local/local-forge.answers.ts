import { ApiProperty } from '@nestjs/swagger';
import type { CommitStatus, ForgeProject, Role } from '../../index';

/** A project of the local forge. */
export class LocalProjectAnswer {
  @ApiProperty({ type: 'integer', description: 'Stays when the path changes.' })
  id!: number;

  @ApiProperty({ description: 'With its namespace.' })
  path!: string;

  @ApiProperty({ description: 'The name of the branch.' })
  defaultBranch!: string;

  @ApiProperty({ type: String, enum: ['public', 'internal', 'private'], description: 'Who may see it.' })
  visibility!: ForgeProject['visibility'];

  @ApiProperty({ description: 'Whether it is read-only.' })
  archived!: boolean;
}

/** What a new project answers: all that a data scientist needs. */
export class CreatedProject {
  @ApiProperty({ description: 'Its path.' })
  project!: string;

  @ApiProperty({ type: 'integer', description: 'Its number.' })
  project_id!: number;

  @ApiProperty({ description: 'What MLFLOW_TRACKING_URI is set to.' })
  tracking_uri!: string;

  @ApiProperty({ description: 'A project access token that writes, shown this once.' })
  token!: string;
}

/** A user. */
export class LocalUserAnswer {
  @ApiProperty({ type: 'integer', description: 'Stays.' })
  id!: number;

  @ApiProperty({ description: 'Which other users see.' })
  username!: string;

  @ApiProperty({ description: 'May do everything in every project.' })
  administrator!: boolean;

  @ApiProperty({ description: "Belongs to a project's token." })
  bot!: boolean;
}

/** A new token of a project. */
export class ProjectTokenAnswer {
  @ApiProperty({ type: 'integer', description: 'By which it is revoked.' })
  id!: number;

  @ApiProperty({ description: 'The secret, shown this once.' })
  token!: string;
}

/** A new token of a user. */
export class UserTokenAnswer extends ProjectTokenAnswer {
  @ApiProperty({ description: 'Whose it is.' })
  username!: string;
}

/** Who works on a project. */
export class MemberAnswer {
  @ApiProperty({ description: 'Who.' })
  username!: string;

  @ApiProperty({ type: String, enum: ['read', 'write', 'maintain'], description: 'What they may do.' })
  role!: Role;
}

/** A commit that was pushed. */
export class PushAnswer {
  @ApiProperty({ description: 'The branch.' })
  branch!: string;

  @ApiProperty({ description: 'Where it is now.' })
  sha!: string;
}

class LocalCommentAnswer {
  @ApiProperty({ description: 'Stays when it is edited.' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: the tracking server itself.' })
  author!: string | null;

  @ApiProperty({ description: 'Markdown.' })
  body!: string;

  @ApiProperty({ description: 'When it was written.' })
  createdAt!: Date;

  @ApiProperty({ description: 'When it was last edited.' })
  updatedAt!: Date;
}

class LocalStatusAnswer {
  @ApiProperty({
    type: String,
    enum: ['pending', 'success', 'warning', 'failure', 'error'],
    description: 'Of the check.',
  })
  state!: CommitStatus['state'];

  @ApiProperty({ description: 'The name of the check.' })
  context!: string;

  @ApiProperty({ description: 'In one line.' })
  description!: string;

  @ApiProperty({ description: 'Where more is told.' })
  targetUrl!: string;
}

/** A merge request, with its comments and the statuses of its head. */
export class LocalMergeRequestAnswer {
  @ApiProperty({ type: 'integer', description: 'In the project.' })
  iid!: number;

  @ApiProperty({ description: 'In one line.' })
  title!: string;

  @ApiProperty({ type: String, enum: ['open', 'closed', 'merged'], description: 'Whether it is open.' })
  state!: 'open' | 'closed' | 'merged';

  @ApiProperty({ description: 'Where the change is.' })
  source_branch!: string;

  @ApiProperty({ description: 'Where it goes.' })
  target_branch!: string;

  @ApiProperty({ description: "The source branch's newest commit." })
  source_sha!: string;

  @ApiProperty({ description: "The target branch's newest commit." })
  target_sha!: string;

  @ApiProperty({ type: [LocalCommentAnswer], description: 'Oldest first.' })
  comments!: LocalCommentAnswer[];

  @ApiProperty({ type: [LocalStatusAnswer], description: 'One a check.' })
  statuses!: LocalStatusAnswer[];
}
