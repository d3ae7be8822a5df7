import { Controller, Get, Param, Req } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { HtmlPages, type Html, type HttpRequest } from '../../common';
import { MergeRequestViews } from './merge-request.views';

/** The whole report of a merge request, readable without JavaScript. */
@HtmlPages()
@Controller(':namespace/:name/-/ml/merge_requests')
export class MergeRequestPageController {
  constructor(private readonly views: MergeRequestViews) {}

  @Get(':iid')
  @Requires('merge-requests:read')
  show(@CurrentAccess() { project }: Access, @Param('iid') iid: string, @Req() request: HttpRequest): Promise<Html> {
    return this.views.show(project.id, iid, request);
  }
}
