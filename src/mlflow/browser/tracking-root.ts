import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PageErrorFilter, type HttpRequest } from '../../common';
import { MlflowErrorFilter } from '../wire';

const behindRoot = '/ml/mlflow';

/** The path below the tracking URI that a request is for; `/` for the tracking URI itself. */
export function endpointOf({ url }: HttpRequest): string {
  const path = url.split('?', 1)[0] ?? '';
  return path.slice(path.indexOf(behindRoot) + behindRoot.length) || '/';
}

/** Whether a person opened the tracking URI itself in a browser. */
export function isVisit(request: HttpRequest): boolean {
  return (
    request.method === 'GET' && endpointOf(request) === '/' && (request.headers.accept ?? '').includes('text/html')
  );
}

/** Errors as a page for people in a browser, in the protocol's JSON for everybody else. */
@Catch()
export class TrackingRootErrorFilter implements ExceptionFilter {
  constructor(
    private readonly pages: PageErrorFilter,
    private readonly protocol: MlflowErrorFilter,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const filter = isVisit(host.switchToHttp().getRequest<HttpRequest>()) ? this.pages : this.protocol;
    filter.catch(thrown, host);
  }
}
