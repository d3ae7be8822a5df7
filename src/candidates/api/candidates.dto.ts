import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import type { Principal } from '../../access';
import {
  asExperimentIid,
  ChoiceField,
  ListQuery,
  NamedValueBody,
  selectionOf,
  TextField,
  TextsField,
  WholeField,
  WholesField,
} from '../../common';
import type { CandidateSource, CandidateStatus } from '../candidate';
import type { CandidateQuery, CandidateUpdate, NewCandidate } from '../requests';
import { readFields, type FieldSelection } from '../selection/field-selection';
import { statuses } from './candidate.answers';

/** The tag from which tools that speak MLflow's protocol read the name. */
const nameTag = 'mlflow.runName';

/** Which parts of candidates are answered. */
export class FieldsQuery {
  @TextsField({
    optional: true,
    most: 500,
    description:
      'Only these are read and answered, with commas between them: names of attributes, `metrics`, `params`, `tags`, `inputs`, or single entries such as `metrics.acc`, `params.lr` and `tags.note`. Everything when there is none.',
  })
  fields?: string[];

  selectedFields(): FieldSelection | undefined {
    return readFields(this.fields);
  }
}

/** Which candidates, in which order, how many, and what of each. */
export class CandidatesQuery extends ListQuery {
  @WholesField({
    optional: true,
    description: 'iids of experiments; may be repeated. The whole project when there is none.',
  })
  experiment?: number[];

  @TextsField({ optional: true, most: 500, description: 'As for one candidate: `iid,name,metrics.acc,params.lr`.' })
  fields?: string[];

  query(): CandidateQuery {
    return { experiments: this.experiment?.map(asExperimentIid) ?? 'all', ...selectionOf(this) };
  }

  selectedFields(): FieldSelection | undefined {
    return readFields(this.fields);
  }
}

/** Where in the code a candidate comes from. */
export class SourceBody {
  @TextField({ optional: true, max: 250, description: 'The sha of the commit.' })
  commit?: string;

  @TextField({ optional: true, max: 500, description: 'The name of the branch.' })
  branch?: string;

  @WholeField({ optional: true, min: 1, description: 'The iid of the merge request.' })
  merge_request?: number;
}

/** The source in the domain's words. */
export function sourceOf({ commit, branch, merge_request: mergeRequest }: SourceBody): CandidateSource {
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(mergeRequest === undefined ? {} : { mergeRequest }),
  };
}

/** Tags to be set. */
export class TagsBody {
  @ApiProperty({ type: [NamedValueBody], maxItems: 1_000, description: 'The last one of a name holds.' })
  @IsArray()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => NamedValueBody)
  tags!: NamedValueBody[];
}

/** A candidate to be made. */
export class NewCandidateBody {
  @WholeField({ min: 0, description: "The experiment's iid; 0 is Default." })
  experiment!: number;

  @TextField({ optional: true, max: 500, description: 'A random readable one when there is none.' })
  name?: string;

  @ChoiceField({ optional: true, choices: statuses, name: 'CandidateStatus', description: 'running unless told.' })
  status?: CandidateStatus;

  @WholeField({ optional: true, description: 'Milliseconds since the epoch; now unless told.' })
  started_at?: number;

  @TextField({ optional: true, max: 500, description: "The token's owner unless told." })
  user_name?: string;

  @ApiPropertyOptional({ type: [NamedValueBody], description: 'The last one of a name holds.' })
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => NamedValueBody)
  tags?: NamedValueBody[];

  @ApiPropertyOptional({ type: SourceBody, description: "What a CI job's token proves comes before it." })
  @IsOptional()
  @ValidateNested()
  @Type(() => SourceBody)
  source?: SourceBody;

  candidate({ name: caller, proof }: Principal, now: number): NewCandidate {
    const source = { ...sourceOf(this.source ?? {}), ...proof };
    return {
      experimentIid: asExperimentIid(this.experiment),
      startedAt: this.started_at ?? now,
      userName: this.user_name ?? caller,
      createdBy: caller,
      nameTag,
      tags: (this.tags ?? []).map(({ name, value }) => ({ name, value })),
      ...(this.name === undefined ? {} : { name: this.name }),
      ...(this.status === undefined ? {} : { status: this.status }),
      ...(Object.keys(source).length === 0 ? {} : { source }),
    };
  }
}

/** A change of a candidate; what is left out stays. */
export class CandidateUpdateBody {
  @TextField({ optional: true, max: 500, description: 'Not empty.' })
  name?: string;

  @ChoiceField({
    optional: true,
    choices: statuses,
    name: 'CandidateStatus',
    description: 'finished, failed and killed are final words.',
  })
  status?: CandidateStatus;

  @WholeField({ optional: true, description: 'Milliseconds since the epoch.' })
  ended_at?: number;

  update(): CandidateUpdate {
    const { name, status, ended_at: endedAt } = this;
    return {
      ...(name === undefined ? {} : { name, nameTag }),
      ...(status === undefined ? {} : { status }),
      ...(endedAt === undefined ? {} : { endedAt }),
    };
  }
}

/** Which tag. */
export class NameQuery {
  @TextField({ description: 'Of the tag; in the query, because names may hold slashes.' })
  name!: string;
}
