import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { NamedValueBody, TextField } from '../../common';
import type { CandidateInput } from '../candidate';

class DatasetBody {
  @TextField({ max: 500, description: 'With the digest it identifies the dataset in the experiment.' })
  name!: string;

  @TextField({ max: 36, description: 'Of the content.' })
  digest!: string;

  @TextField({ max: 250, description: 'What kind of place the source is, such as `s3`.' })
  source_type!: string;

  @TextField({ max: 65_535, description: 'Where the data is from; often JSON.' })
  source!: string;

  @TextField({ optional: true, description: 'Its columns; often JSON.' })
  schema?: string;

  @TextField({ optional: true, description: 'Its statistics; often JSON.' })
  profile?: string;
}

class InputBody {
  @ApiProperty({ type: DatasetBody, description: 'What was used.' })
  @ValidateNested()
  @Type(() => DatasetBody)
  dataset!: DatasetBody;

  @ApiPropertyOptional({ type: [NamedValueBody], description: 'What it was used for.' })
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => NamedValueBody)
  tags?: NamedValueBody[];
}

/** The datasets that a candidate used. */
export class InputsBody {
  @ApiProperty({ type: [InputBody], minItems: 1, maxItems: 1_000, description: 'One entry a dataset.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => InputBody)
  datasets!: InputBody[];

  inputs(): CandidateInput[] {
    return this.datasets.map(
      ({ dataset: { name, digest, source_type: sourceType, source, schema, profile }, tags }) => ({
        dataset: {
          ...{ name, digest, sourceType, source },
          ...(schema === undefined ? {} : { schema }),
          ...(profile === undefined ? {} : { profile }),
        },
        tags: (tags ?? []).map((tag) => ({ name: tag.name, value: tag.value })),
      }),
    );
  }
}
