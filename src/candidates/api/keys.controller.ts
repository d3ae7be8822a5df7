import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { CurrentAccess, Requires, type Access } from '../../access';
import {
  asExperimentIid,
  ListAnswer,
  NativeApi,
  Operation,
  PageAnswer,
  pageOf,
  PageQuery,
  TextAnswer,
  TextField,
  TextsField,
  WholesField,
} from '../../common';
import { KeyCatalogue, type KeyQuery } from '../keys/key-catalogue';
import { keyKinds, newestAsked, type KeyKind } from '../keys/keys.statements';

class KeysQuery extends PageQuery {
  @TextsField({ optional: true, most: 4, choices: keyKinds, description: 'Only these kinds; may be repeated.' })
  kind?: KeyKind[];

  @WholesField({
    optional: true,
    most: 20,
    description: 'iids of experiments; may be repeated. The whole project when there is none.',
  })
  experiment?: number[];

  @TextField({ optional: true, max: 500, description: 'How the names begin, letter case included.' })
  q?: string;

  query(): KeyQuery {
    const experiments = this.experiment === undefined ? {} : { experiments: this.experiment.map(asExperimentIid) };
    return { ...pageOf(this), kinds: this.kind ?? [], prefix: this.q ?? '', ...experiments };
  }
}

class KeyAnswer {
  @ApiProperty({ type: 'string', enum: [...keyKinds], enumName: 'KeyKind', description: 'What it is the name of.' })
  kind!: KeyKind;

  @TextAnswer('As it was logged.')
  name!: string;
}

class KeysAnswer extends PageAnswer {
  @ListAnswer(() => KeyAnswer, 'Metrics, then params, tags and datasets, each by name.')
  keys!: KeyAnswer[];
}

/** The catalogue of names on the native API. */
@NativeApi('Keys')
@Controller('projects/:project/ml/keys')
export class KeysController {
  constructor(private readonly catalogue: KeyCatalogue) {}

  @Get()
  @Requires('candidates:read')
  @Operation('List the names of metrics, params, tags and datasets in use', {
    answer: KeysAnswer,
    description: `In the whole project: all that were ever logged. In experiments: of metrics and datasets all, of params and tags those of the newest ${newestAsked} candidates of each.`,
  })
  async list(@CurrentAccess() { project }: Access, @Query() query: KeysQuery): Promise<KeysAnswer> {
    const { items, nextPageToken } = await this.catalogue.page(project.id, query.query());
    return { keys: [...items], ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }) };
  }
}
