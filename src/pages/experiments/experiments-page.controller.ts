import { Controller, Get, Query, Req } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { HtmlPages, type Html, type HttpRequest } from '../../common';
import { queryText } from '../query-text';
import { ExperimentsViews } from './experiments.views';

/** The list of a project's experiments. */
@HtmlPages()
@Controller(':namespace/:name/-/ml/experiments')
export class ExperimentsPageController {
  constructor(private readonly views: ExperimentsViews) {}

  @Get()
  @Requires('experiments:read')
  list(@CurrentAccess() access: Access, @Query('page') page: unknown, @Req() request: HttpRequest): Promise<Html> {
    return this.views.list(access, queryText(page, 'page'), request);
  }
}
