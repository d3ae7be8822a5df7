import { All, Req } from '@nestjs/common';
import { Requires } from '../../access';
import type { HttpRequest } from '../../common';
import { EndpointNotFound, MlflowRoutes } from '../wire';

/** Answers what no other controller does; must be registered after all of them. Who may not see the project learns nothing here. */
@MlflowRoutes('')
export class UnknownEndpointController {
  @All(['', '*'])
  @Requires('experiments:read')
  refuse(@Req() request: HttpRequest): never {
    const path = request.url.split('?', 1)[0] ?? '';
    throw new EndpointNotFound(request.method, path.slice(path.indexOf('/ml/mlflow') + '/ml/mlflow'.length) || '/');
  }
}
