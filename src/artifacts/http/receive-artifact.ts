import type { Readable } from 'node:stream';
import { invalid, sentContentType, type HttpRequest } from '../../common';
import type { UploadOptions } from '../artifacts.service';
import { nodeRequest, sentUrl } from './exchange';

/**
 * The body of an upload, not yet read.
 * @throws Error when the host's own body parser read it before
 */
export function receiveArtifact(request: HttpRequest): { readonly content: Readable; readonly options: UploadOptions } {
  const content = nodeRequest(request);
  if (content.readableDidRead) {
    throw new Error('The body of an upload was read before it reached us: the host must call prepareHost(app).');
  }
  const contentType = sentContentType(request.headers);
  const length = request.headers['content-length'];
  return {
    content,
    options: {
      ...(contentType === undefined ? {} : { contentType }),
      ...(length === undefined ? {} : { size: Number(length) }),
    },
  };
}

/**
 * The rest of the path behind a route, decoded once by us, because the adapters differ.
 * @param route what stands before it, such as `/mlflow-artifacts/artifacts/`
 * @throws AssayError `invalid`
 */
export function pathBehind(request: HttpRequest, route: string): string {
  const path = sentUrl(request).split('?', 1)[0] ?? '';
  const at = path.indexOf(route);
  if (at < 0) throw new Error(`The route ${route} is not in the address`);
  try {
    return decodeURIComponent(path.slice(at + route.length));
  } catch {
    throw invalid('Invalid path: it is not encoded properly; a percent sign in a name is written %25', 'path');
  }
}
