import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { asProjectId, type AssayError } from '../../src/common';
import { GiteaForge } from '../../src/forge';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const credential = { kind: 'token', secret: 'caller-secret-token' } as const;
const serverToken = 'server-secret-token';
const project = {
  id: asProjectId(1),
  path: 'a/b',
  defaultBranch: 'main',
  visibility: 'private',
  archived: false,
  webUrl: 'http://x/a/b',
} as const;

/** A web server that misbehaves as told, where a Gitea should be. */
class BadServer {
  readonly requests: { method: string; url: string; authorization: string | undefined }[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(handler: Handler): Promise<BadServer> {
    const server = createServer((request, response) => {
      bad.requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        authorization: request.headers.authorization,
      });
      handler(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bad = new BadServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return bad;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('where a Gitea should be', () => {
  const started: BadServer[] = [];

  async function serve(handler: Handler): Promise<{ bad: BadServer; forge: GiteaForge }> {
    const bad = await BadServer.start(handler);
    started.push(bad);
    return { bad, forge: new GiteaForge({ url: bad.url, token: serverToken, fetchTimeoutMs: 500 }) };
  }

  afterEach(async () => {
    await Promise.all(started.splice(0).map((bad) => bad.stop()));
  });

  async function failure(work: Promise<unknown>): Promise<AssayError> {
    const error: unknown = await work.then(
      () => new Error('no error'),
      (thrown: unknown) => thrown,
    );
    expect(inspect(error, { depth: 10 })).not.toMatch(/secret-token/);
    return error as AssayError;
  }

  it.each([
    ['seconds', '17', 17],
    ['a date', new Date(Date.now() + 60_000).toUTCString(), 60],
    ['nonsense', 'soon', 5],
  ])('too many requests are unavailable, with the time to wait as %s', async (_form, header, seconds) => {
    const { forge } = await serve((_request, response) => response.writeHead(429, { 'retry-after': header }).end());
    const error = await failure(forge.access({ path: 'a/b' }, credential));
    expect(error.kind).toBe('unavailable');
    expect(Math.abs((error.retryAfterSeconds ?? 0) - seconds)).toBeLessThanOrEqual(1);
  });

  it('an error of its own is unavailable, and a write is not repeated', async () => {
    const { bad, forge } = await serve((_request, response) => response.writeHead(502).end('bad gateway'));
    expect((await failure(forge.access({ id: project.id }, credential))).kind).toBe('unavailable');
    expect((await failure(forge.createComment(project, 1, 'x'))).kind).toBe('unavailable');
    expect(bad.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('a page instead of the API is unavailable, never a right', async () => {
    const { forge } = await serve((_request, response) => response.end('<html>please sign in</html>'));
    expect((await failure(forge.access({ path: 'a/b' }, credential))).kind).toBe('unavailable');
    expect((await failure(forge.project({ path: 'a/b' }))).kind).toBe('unavailable');
    expect((await failure(forge.scopesAllowWriting(project, credential))).kind).toBe('unavailable');
  });

  it('silence is unavailable after the time that was set', async () => {
    const { forge } = await serve(() => undefined);
    const before = Date.now();
    expect((await failure(forge.access({ path: 'a/b' }, credential))).kind).toBe('unavailable');
    expect(Date.now() - before).toBeLessThan(3_000);
  });

  it('an answer without an end is given up', async () => {
    const { forge } = await serve((_request, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(4 * 1024 * 1024, 32)), 1);
      response.on('close', () => {
        clearInterval(timer);
      });
    });
    expect((await failure(forge.project({ path: 'a/b' }))).kind).toBe('unavailable');
  });

  it('a broken connection is tried again for a question, not for a write', async () => {
    const { bad, forge } = await serve((request) => request.socket.destroy());
    expect((await failure(forge.project({ path: 'a/b' }))).kind).toBe('unavailable');
    expect(bad.requests).toHaveLength(3);
  });

  it('a redirect to another origin is not followed, so no token goes there', async () => {
    const other = await serve((_request, response) => response.end('{}'));
    const { forge } = await serve((request, response) =>
      response.writeHead(301, { location: `${other.bad.url}${request.url ?? ''}` }).end(),
    );
    const error = await failure(forge.access({ path: 'a/b' }, credential));
    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain('redirects elsewhere');
    expect(other.bad.requests).toEqual([]);
  });

  it('a path with dots asks for nothing', async () => {
    const { bad, forge } = await serve((_request, response) => response.end('{}'));
    for (const path of ['../admin', 'a/..', 'a/.', 'a/b?x=1', 'a/b#c', 'a/%2e%2e', 'a/b/c', 'a\\b']) {
      expect(await forge.project({ path })).toBeUndefined();
    }
    expect(bad.requests).toEqual([]);
  });

  it.each(['ftp://x', 'git.example.org', 'https://user:password@git.example.org', ''])('%j is no address', (url) => {
    expect(() => new GiteaForge({ url, token: 'x' })).toThrow(/^url must be/);
  });
});
