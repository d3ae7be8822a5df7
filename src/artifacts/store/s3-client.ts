import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { Client } from 'minio';

/** An S3-compatible store. */
export interface S3Options {
  /** Origin, such as `https://s3.example.org:9000`. */
  readonly endpoint: string;
  /** Made when it is missing and the keys may do so. */
  readonly bucket: string;
  /** Default `us-east-1`, which S3-compatible servers take. */
  readonly region?: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** `endpoint/bucket/key` rather than `bucket.endpoint/key`; default true. */
  readonly pathStyle?: boolean;
  /**
   * The origin under which clients reach the store, which may be {@link endpoint} itself. Unset: everything goes through this server,
   * and no presigned address is handed out.
   */
  readonly publicEndpoint?: string;
}

/** Default of {@link S3Options.region}. */
export const defaultRegion = 'us-east-1';
const silenceInMilliseconds = 60_000;

/** Node's own transport, but a connection that is silent for a minute fails instead of hanging. */
function impatient(transport: typeof http | typeof https): object {
  return {
    request(options: RequestOptions, answered: (response: IncomingMessage) => void): ClientRequest {
      const request = transport.request(options, answered);
      request.setTimeout(silenceInMilliseconds, () => {
        request.destroy(new Error('The artifact store was silent for a minute'));
      });
      return request;
    },
  };
}

function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new Error(`The S3 endpoint must be an origin such as https://s3.example.org, not '${endpoint}'`);
  }
  return url;
}

/** @throws Error when the endpoint is no origin */
export function s3Client(options: S3Options): Client {
  const { protocol, hostname, port } = parseEndpoint(options.endpoint);
  const useSSL = protocol === 'https:';
  const transport = useSSL ? https : http;
  return new Client({
    endPoint: hostname,
    useSSL,
    ...(port === '' ? {} : { port: Number(port) }),
    region: options.region ?? defaultRegion,
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    pathStyle: options.pathStyle ?? true,
    transport: impatient(transport) as typeof http,
    transportAgent: new transport.Agent({ keepAlive: true, maxSockets: 256 }),
    retryOptions: { disableRetry: true },
  });
}
