import { startTestServer, type Answer, type Run, type TestServer, type Tracking } from '../support';

/** A point as it is logged. */
export interface Point {
  readonly key?: string;
  readonly value: number | string;
  readonly timestamp?: number;
  readonly step?: number;
}

/** A project on a server, with what the tests of semantics do all the time. */
export interface World {
  tracking(): Tracking;
  /** Logs one after the other; each must succeed. */
  logPoints(run: string, points: readonly Point[]): Promise<void>;
  history(run: string, key?: string): Promise<Record<string, unknown>[]>;
  /** Latest points by key. */
  latest(run: string): Promise<Record<string, unknown>>;
  tags(run: string): Promise<Record<string, string>>;
  params(run: string): Promise<Record<string, unknown>>;
  /** Must succeed. */
  post(endpoint: string, body: object): Promise<Record<string, unknown>>;
  /** The status and the code of an error. */
  refusal(endpoint: string, body: object): Promise<unknown[]>;
}

function byKey(entries: readonly Record<string, unknown>[] = []): Record<string, unknown> {
  return Object.fromEntries(entries.map(({ key, value }) => [key as string, value]));
}

function succeeded({ status, text, body }: Answer): Record<string, unknown> {
  if (status !== 200) throw new Error(`${status} ${text}`);
  return body;
}

/** Registers the hooks that start and end the server. */
export function aWorld(): World {
  let server: TestServer | undefined;
  let tracking: Tracking | undefined;
  beforeAll(async () => {
    server = await startTestServer();
    tracking = await server.project();
  });
  afterAll(() => server?.close());

  function current(): Tracking {
    if (tracking === undefined) throw new Error('The server starts before the first test');
    return tracking;
  }
  const data = async (run: string): Promise<Run['data']> => (await current().run(run)).data;
  const post: World['post'] = async (endpoint, body) => succeeded(await current().post(endpoint, body));
  return {
    tracking: current,
    post,
    async logPoints(run_id, points) {
      for (const point of points) await post('runs/log-metric', { run_id, key: 'm', timestamp: 1, step: 0, ...point });
    },
    async history(run_id, key = 'm') {
      const body = succeeded(await current().get('metrics/get-history', { run_id, metric_key: key }));
      return (body['metrics'] ?? []) as Record<string, unknown>[];
    },
    latest: async (run) => byKey((await data(run)).metrics),
    tags: async (run) => byKey((await data(run)).tags) as Record<string, string>,
    params: async (run) => byKey((await data(run)).params),
    async refusal(endpoint, body) {
      const answer = await current().post(endpoint, body);
      return [answer.status, answer.body['error_code']];
    },
  };
}
