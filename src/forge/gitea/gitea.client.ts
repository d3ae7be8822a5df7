import { Agent, request, type Dispatcher } from 'undici';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, unavailable } from '../../common';

/** What Gitea answered, unless it was down. */
export interface GiteaAnswer {
  readonly status: number;
  /** Undefined when there was none, or no JSON. */
  readonly body: unknown;
  /** Whether the list goes on. */
  readonly more: boolean;
  /** The path (from the API's root) that a renamed repository redirects to. */
  readonly movedTo?: string;
}

/** Who asks: a token, or nobody. */
export type GiteaCaller = { readonly token: string } | 'anonymous';

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: AsyncIterable<Buffer>;
}

const largestBody = 32 * 1024 * 1024;
const pauses = [100, 400];
const lostConnection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT']);

function isLostConnection(error: unknown): boolean {
  return lostConnection.has(String((error as { code?: unknown }).code));
}

/** Seconds; reads both forms of Retry-After (RFC 9110 §10.2.3). */
function retryAfter(header: string | string[] | undefined): number {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return 5;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 3600) : 5;
}

async function readBody(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestBody) throw new Error(`an answer of more than ${largestBody} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Speaks to a Gitea's or Forgejo's API. Refusals (4xx) are answers; no answer, 5xx and 429 are `unavailable`. A GET whose connection
 * broke is asked again twice, anything else never. No token gets into an error or a log.
 */
export class GiteaClient {
  readonly url: string;
  private readonly dispatcher: Dispatcher;
  private readonly apiPath: string;

  constructor(
    url: string,
    private readonly timeoutMs: number,
  ) {
    this.url = url.replace(/\/+$/, '');
    this.apiPath = `${new URL(this.url).pathname.replace(/\/$/, '')}/api/v1`;
    this.dispatcher = new Agent({ connections: 32, connect: { timeout: timeoutMs } });
  }

  /** The path is below `/api/v1`, its parts encoded; a GET follows one redirect of a renamed repository. */
  async call(caller: GiteaCaller, method: string, path: string, body?: unknown): Promise<GiteaAnswer> {
    let answer = await this.once(caller, method, path, body);
    if (answer.movedTo !== undefined && method === 'GET')
      answer = await this.once(caller, method, answer.movedTo, body);
    if (answer.status >= 300 && answer.status < 400) {
      throw this.down('it redirects elsewhere; the URL in the settings must be its final one');
    }
    return answer;
  }

  private async once(caller: GiteaCaller, method: string, path: string, body: unknown): Promise<GiteaAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.ask(caller, method, path, body);
      } catch (error) {
        if (error instanceof AssayError) throw error;
        const pause = method === 'GET' && isLostConnection(error) ? pauses[attempt] : undefined;
        if (pause === undefined) throw this.down((error as Error).message, error);
        await sleep(pause);
      }
    }
  }

  private async ask(caller: GiteaCaller, method: string, path: string, body: unknown): Promise<GiteaAnswer> {
    const answer: Answer = await request(`${this.url}/api/v1${path}`, {
      method: method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(caller === 'anonymous' ? {} : { authorization: `token ${caller.token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      dispatcher: this.dispatcher,
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    const text = await readBody(answer.body);
    const { statusCode: status, headers } = answer;
    if (status === 429 || status >= 500) {
      throw this.down(`it answered ${status} to ${method} ${path}`, undefined, retryAfter(headers['retry-after']));
    }
    const movedTo = this.movedTo(status, headers['location']);
    return {
      status,
      body: parse(text),
      more: String(headers['link'] ?? '').includes('rel="next"'),
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  }

  private movedTo(status: number, location: string | string[] | undefined): string | undefined {
    if (![301, 302, 307, 308].includes(status) || typeof location !== 'string') return undefined;
    const target = URL.canParse(location, this.url) ? new URL(location, this.url) : undefined;
    if (target?.origin !== new URL(this.url).origin || !target.pathname.startsWith(`${this.apiPath}/`))
      return undefined;
    return target.pathname.slice(this.apiPath.length) + target.search;
  }

  private down(reason: string, cause?: unknown, retryAfterSeconds?: number): AssayError {
    return unavailable(
      `The forge at ${this.url} does not answer now (${reason}); try again.`,
      cause,
      retryAfterSeconds,
    );
  }
}
