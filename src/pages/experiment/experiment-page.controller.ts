import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { HtmlPages, type Html, type HttpRequest } from '../../common';
import { ExperimentViews } from './experiment.views';

/** One experiment and its candidates. */
@HtmlPages()
@Controller(':namespace/:name/-/ml/experiments')
export class ExperimentPageController {
  constructor(private readonly views: ExperimentViews) {}

  @Get(':iid')
  @Requires('experiments:read')
  show(
    @CurrentAccess() access: Access,
    @Param('iid') iid: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: HttpRequest,
  ): Promise<Html> {
    return this.views.show(access, iid, query, request);
  }
}
