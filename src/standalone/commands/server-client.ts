import { resolve } from 'node:path';
import { readReady } from '../data/ready';

/** Speaks to the server that runs on this data folder, with the administrator's token of its `ready.json`. */
export class ServerClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** The server at ASSAY_URL, as the holder of ASSAY_TOKEN; one that runs on ASSAY_DATA_DIR needs neither on the local forge. */
  static async of(environment: NodeJS.ProcessEnv): Promise<ServerClient> {
    const { ASSAY_URL: url, ASSAY_TOKEN: token } = environment;
    if (url === undefined && token === undefined) return ServerClient.find(environment);
    if (url === undefined || token === undefined) {
      throw new Error('Set both: ASSAY_URL, the address of the server, and ASSAY_TOKEN, your token of the forge.');
    }
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new Error('ASSAY_URL is an address such as https://assay.example.org.');
    }
    return new ServerClient(url.replace(/\/+$/, ''), token);
  }

  /** Finds the server by ASSAY_DATA_DIR. */
  static async find(environment: NodeJS.ProcessEnv): Promise<ServerClient> {
    const folder = resolve(environment['ASSAY_DATA_DIR'] ?? 'data');
    const ready = await readReady(folder);
    if (ready === undefined) {
      throw new Error(
        `No server runs on the data folder ${folder}: start one with \`assay serve\`, or set ASSAY_DATA_DIR to its folder.`,
      );
    }
    if (ready.admin_token === undefined) {
      throw new Error(
        'The server does not run on the local forge: make projects, users and merge requests on the forge itself.',
      );
    }
    return new ServerClient(ready.url, ready.admin_token);
  }

  /** @returns the answer's JSON, undefined for an empty one. Rejects with the server's own words. */
  async call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v4/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Error(`The server at ${this.url} does not answer: see whether it still runs.`, { cause });
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return answer;
    throw new Error(
      (answer as { message?: string } | undefined)?.message ?? `The server answered ${String(response.status)}.`,
    );
  }
}
