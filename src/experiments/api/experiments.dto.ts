import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { NamedValueBody, TextField, type NamedValue } from '../../common';
import type { NewExperiment } from '../experiment';

const mostTags = 1_000;

function plain(tags: readonly NamedValueBody[] = []): NamedValue[] {
  return tags.map(({ name, value }) => ({ name, value }));
}

/** An experiment to be made. */
export class NewExperimentBody {
  @TextField({ max: 500, description: 'Free among the live experiments of the project.' })
  name!: string;

  @TextField({ optional: true, max: 2_048, description: 'Where its artifacts are kept, when not in this server.' })
  artifact_location?: string;

  @ApiPropertyOptional({ type: [NamedValueBody], maxItems: mostTags, description: 'The last one of a name holds.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostTags)
  @ValidateNested({ each: true })
  @Type(() => NamedValueBody)
  tags?: NamedValueBody[];

  experiment(createdBy: string): NewExperiment {
    const { name, artifact_location: artifactLocation, tags } = this;
    return { name, createdBy, tags: plain(tags), ...(artifactLocation === undefined ? {} : { artifactLocation }) };
  }
}

/** A change of an experiment. */
export class ExperimentUpdateBody {
  @TextField({ max: 500, description: 'Free among the live experiments of the project.' })
  name!: string;
}

/** How a deleted experiment comes back. */
export class ExperimentRestoreBody {
  @TextField({ optional: true, max: 500, description: 'Another name, for when its own is taken meanwhile.' })
  name?: string;
}

/** Tags to be set. */
export class ExperimentTagsBody {
  @ApiProperty({ type: [NamedValueBody], maxItems: mostTags, description: 'The last one of a name holds.' })
  @IsArray()
  @ArrayMaxSize(mostTags)
  @ValidateNested({ each: true })
  @Type(() => NamedValueBody)
  tags!: NamedValueBody[];

  named(): NamedValue[] {
    return plain(this.tags);
  }
}

/** Which tag. */
export class ExperimentTagQuery {
  @TextField({ description: 'Of the tag; in the query, because names may hold slashes.' })
  name!: string;
}
