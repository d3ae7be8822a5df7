import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { HtmlPages, type Html, type HttpRequest } from '../../common';
import { queryText } from '../query-text';
import { CandidateViews } from './candidate.views';

/** One candidate with all that was logged to it. */
@HtmlPages()
@Controller(':namespace/:name/-/ml/candidates')
export class CandidatePageController {
  constructor(private readonly views: CandidateViews) {}

  @Get(':iid')
  @Requires('candidates:read')
  show(
    @CurrentAccess() access: Access,
    @Param('iid') iid: string,
    @Query('folder') folder: unknown,
    @Req() request: HttpRequest,
  ): Promise<Html> {
    return this.views.show(access, iid, queryText(folder, 'folder') ?? '', request);
  }
}
