/** One request, sent to both servers alike. `{{name}}` in its texts stands for what an earlier answer of the same server had. */
export interface Step {
  /** Reads as a sentence, and is the name under which a known difference is listed. */
  readonly name: string;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `api/2.0/mlflow/`, or from the tracking URI when it begins with a slash. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: object;
  /** Sent as it is instead of the body. */
  readonly raw?: string;
  /** `application/json` unless told; null sends none. */
  readonly contentType?: string | null;
  /** Names for parts of the answer, such as `run: 'run.info.run_id'`. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** Steps that go together; the names that they keep are their own. */
export interface Scenario {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** What a server answered. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** A server by its tracking URI. */
export interface Side {
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
}

function fill(text: string, kept: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => kept.get(name) ?? whole);
}

function address({ path, query = [] }: Step, kept: ReadonlyMap<string, string>): string {
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, fill(value, kept)]));
  const whole = path.startsWith('/') ? path : `/api/2.0/mlflow/${path}`;
  return fill(whole, kept) + (query.length === 0 ? '' : `?${search.toString()}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What stands at a path such as `run.info.run_id` or `models.0.info`. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined,
      value,
    );
}

/** Sends one step and keeps what it says. */
export async function send(side: Side, step: Step, kept: Map<string, string>): Promise<Answered> {
  const { method = 'POST', body, raw, contentType = 'application/json', keep = {} } = step;
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await fetch(side.uri + address(step, kept), {
    method,
    headers: {
      ...side.headers,
      ...(sent === undefined || contentType === null ? {} : { 'content-type': contentType }),
    },
    // Bytes, since a text would bring a content type of its own.
    ...(sent === undefined ? {} : { body: new TextEncoder().encode(fill(sent, kept)) }),
  });
  const answered = { status: answer.status, body: parse(await answer.text()) };
  for (const [name, path] of Object.entries(keep)) {
    const found = at(answered.body, path);
    if (typeof found !== 'string') {
      throw new Error(`${side.uri} did not say ${path} to "${step.name}": ${JSON.stringify(answered)}`);
    }
    kept.set(name, found);
  }
  return answered;
}
