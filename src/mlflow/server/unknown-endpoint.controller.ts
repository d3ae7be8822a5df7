import { All, Req, Res, UseFilters } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { Addresses, pageHeaders, type HttpAnswer, type HttpRequest } from '../../common';
import { runLinkPage, runLinkPolicy } from '../browser/run-link.page';
import { endpointOf, isVisit, TrackingRootErrorFilter } from '../browser/tracking-root';
import { EndpointNotFound, MlflowRoutes } from '../wire';

/** Answers what no other controller does; must be registered after all of them. Who may not see the project learns nothing here. */
@MlflowRoutes('')
export class UnknownEndpointController {
  constructor(private readonly addresses: Addresses) {}

  /** A page for people who open the tracking URI itself, as the client's links do. */
  @All(['', '*'])
  @Requires('experiments:read')
  @UseFilters(TrackingRootErrorFilter)
  refuse(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) answer: HttpAnswer,
    @CurrentAccess() { project }: Access,
  ): string {
    if (!isVisit(request)) throw new EndpointNotFound(request.method, endpointOf(request));
    for (const [name, value] of Object.entries(pageHeaders)) answer.header(name, value);
    answer.header('Content-Security-Policy', runLinkPolicy);
    return runLinkPage(this.addresses, project.path);
  }
}
