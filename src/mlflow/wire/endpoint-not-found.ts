import { AssayError } from '../../common';

/** The address is none of the protocol's; answers ENDPOINT_NOT_FOUND. */
export class EndpointNotFound extends AssayError {
  constructor(method: string, path: string) {
    super('not-found', `No endpoint of this server answers ${method} ${path}`);
  }
}
