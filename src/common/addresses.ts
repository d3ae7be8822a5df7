/** The path of the API where a host names none. */
export const defaultPrefix = 'api/v4';

/** The path of the OpenAPI document where a host names none. */
export const defaultDocumentPath = 'api/openapi.json';

/** Where this server is reached from outside. */
export interface PublicAddress {
  /** Origin with an optional path and no slash at the end, such as `https://git.example.org`. */
  readonly publicUrl: string;
  /** The path of the API below it, without slashes at either end, such as `api/v4`. */
  readonly prefix: string;
}

/** The addresses that we show to people and clients; the only place that puts them together. */
export class Addresses {
  readonly publicUrl: string;
  readonly prefix: string;

  constructor(address: PublicAddress) {
    this.publicUrl = address.publicUrl.replace(/\/+$/, '');
    this.prefix = address.prefix.replace(/^\/+|\/+$/g, '');
  }

  /** What MLFLOW_TRACKING_URI is set to. */
  trackingUri(projectId: number): string {
    return `${this.api(projectId)}/mlflow`;
  }

  /** The native API of a project. */
  api(projectId: number): string {
    return `${this.publicUrl}/${this.prefix}/projects/${String(projectId)}/ml`;
  }

  /** A page below a project, such as `experiments/3` or `merge_requests/42`. */
  page(projectPath: string, page: string): string {
    const path = projectPath.split('/').map(encodeURIComponent).join('/');
    return `${this.publicUrl}/${path}/-/ml/${page}`;
  }

  /** Where the forge sends its webhooks. */
  webhook(forge: string, projectId: number): string {
    return `${this.publicUrl}/${this.prefix}/ml/hooks/${forge}?project=${String(projectId)}`;
  }
}
