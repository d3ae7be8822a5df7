import { Controller, Get, Header, Param } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../access';
import { NativeApi, Operation } from '../common';
import { MergeRequestsService } from './merge-requests.service';
import { ReportAnswer } from './report.answer';
import { svgPolicy } from './plot/standalone';

/** The report of a merge request as JSON, as Markdown and as a picture. */
@NativeApi('Merge requests')
@Controller('projects/:project/ml/merge_requests/:iid')
export class MergeRequestsController {
  constructor(private readonly mergeRequests: MergeRequestsService) {}

  @Get()
  @Requires('merge-requests:read')
  @Operation('Report on a merge request', { answer: ReportAnswer })
  show(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<ReportAnswer> {
    return this.mergeRequests.json(project.id, iid);
  }

  @Get('report.md')
  @Header('Content-Type', 'text/markdown; charset=utf-8')
  @Header('X-Content-Type-Options', 'nosniff')
  @Requires('merge-requests:read')
  @Operation('Report on a merge request as Markdown', { content: ['text/markdown'] })
  markdown(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<string> {
    return this.mergeRequests.markdown(project.id, iid);
  }

  @Get('report.svg')
  @Header('Content-Type', 'image/svg+xml; charset=utf-8')
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Content-Security-Policy', svgPolicy)
  @Requires('merge-requests:read')
  @Operation('Draw the candidates of a merge request', { content: ['image/svg+xml'] })
  svg(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<string> {
    return this.mergeRequests.svg(project.id, iid);
  }
}
