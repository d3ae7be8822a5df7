import type { Answer, Tracking } from './support';

/** An endpoint, for the errors that all endpoints have. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Such as `runs/log-metric`. */
  readonly path: string;
  /** A complete request about `id`, which is `idField`'s value. */
  readonly idField?: 'run_id' | 'experiment_id';
  readonly request: Readonly<Record<string, unknown>>;
  /** A field of the request that the server cannot do without, beside the id. */
  readonly required?: string;
  readonly writes: boolean;
}

/** The projects that the cases play in, and what is there. */
export interface Scene {
  readonly mine: Tracking;
  readonly other: Tracking;
  /** An id of `mine`, and one of `other`, for {@link Endpoint.idField}. */
  readonly id: string;
  readonly otherId: string;
}

function send(
  tracking: Tracking,
  { method, path }: Endpoint,
  request: Readonly<Record<string, unknown>>,
  options: { token?: string | null; headers?: Record<string, string> } = {},
): Promise<Answer> {
  if (method === 'POST') return tracking.post(path, request, options);
  const query = Object.fromEntries(Object.entries(request).map(([name, value]) => [name, value as string | string[]]));
  return tracking.get(path, query, options);
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The request with its id, ready to be sent. */
function whole(endpoint: Endpoint, id: string): Record<string, unknown> {
  return { ...endpoint.request, ...(endpoint.idField === undefined ? {} : { [endpoint.idField]: id }) };
}

function without(request: Record<string, unknown>, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(request).filter(([name]) => name !== field));
}

/** Says that the endpoint refuses what every endpoint must refuse; call it inside a `describe`. */
export function itRefusesWhatAllRefuse(endpoint: Endpoint, scene: () => Scene): void {
  const { idField, required, method, writes } = endpoint;

  if (idField !== undefined) {
    it(`says that ${idField} is missing`, async () => {
      const { mine, id } = scene();
      const answer = await send(mine, endpoint, without(whole(endpoint, id), idField));
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({
        error_code: 'INVALID_PARAMETER_VALUE',
        message: `Missing value for required parameter '${idField}'. See the API docs for more information about request parameters.`,
      });
    });

    it(`does not find an unknown ${idField}`, async () => {
      const unknown = idField === 'run_id' ? 'f'.repeat(32) : '99999999';
      const answer = await send(scene().mine, endpoint, whole(endpoint, unknown));
      const message =
        idField === 'run_id' ? `Run with id=${unknown} not found` : `No Experiment with id=${unknown} exists`;
      expect([answer.status, answer.body]).toEqual([404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message }]);
    });

    it(`does not find another project's ${idField}`, async () => {
      const { mine, otherId } = scene();
      const answer = await send(mine, endpoint, whole(endpoint, otherId));
      expect([answer.status, answer.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    });
  }

  if (required !== undefined) {
    it(`says that ${required} is missing`, async () => {
      const { mine, id } = scene();
      const answer = await send(mine, endpoint, without(whole(endpoint, id), required));
      expect(answer.status).toBe(400);
      expect(answer.body['message']).toContain(`Missing value for required parameter '${required}'.`);
    });
  }

  it("does not show the project to another project's token, nor to nobody", async () => {
    const { mine, other, id } = scene();
    const foreign = await send(mine, endpoint, whole(endpoint, id), { token: other.project.writer });
    expect([foreign.status, foreign.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    const nobody = await send(mine, endpoint, whole(endpoint, id), { token: null });
    expect([nobody.status, nobody.body['error_code']]).toEqual([401, 'UNAUTHENTICATED']);
    const wrong = await send(mine, endpoint, whole(endpoint, id), { token: 'no-such-token' });
    expect([wrong.status, wrong.body['error_code']]).toEqual([401, 'UNAUTHENTICATED']);
  });

  if (writes) {
    it('refuses a reader', async () => {
      const { mine, id } = scene();
      const answer = await send(mine, endpoint, whole(endpoint, id), { token: mine.project.reader });
      expect([answer.status, answer.body['error_code']]).toEqual([403, 'PERMISSION_DENIED']);
    });
  } else {
    it('lets a reader in', async () => {
      const { mine, id } = scene();
      const answer = await send(mine, endpoint, whole(endpoint, id), { token: mine.project.reader });
      expect(answer.status).toBe(200);
    });
  }

  if (method === 'POST') {
    it('refuses a body that does not call itself JSON', async () => {
      const { mine, id } = scene();
      const answer = await send(mine, endpoint, whole(endpoint, id), { headers: { 'content-type': 'text/plain' } });
      expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      expect(answer.body['message']).toContain('Content-Type');
    });
  }

  const twice = [...(idField === undefined ? [] : [idField]), ...Object.keys(endpoint.request)].find(
    (name) => camel(name) !== name,
  );
  if (twice !== undefined) {
    it('takes camelCase names, but not together with the others', async () => {
      const { mine, id } = scene();
      const request = whole(endpoint, id);
      const renamed = Object.fromEntries(Object.entries(request).map(([name, value]) => [camel(name), value]));
      const answer = await send(mine, endpoint, renamed);
      expect([answer.status, answer.body['error_code']]).toEqual([200, undefined]);
      const both = await send(mine, endpoint, { ...request, [camel(twice)]: request[twice] });
      expect(both.body['message']).toBe(
        `Request specifies both '${twice}' and '${camel(twice)}'; provide only one of them.`,
      );
    });
  }

  it('answers at the ajax-api twin as well', async () => {
    const { mine } = scene();
    const answer = await mine.call(method, `ajax-api/2.0/mlflow/${endpoint.path}`, method === 'GET' ? undefined : {});
    expect(answer.body['error_code']).not.toBe('ENDPOINT_NOT_FOUND');
    expect(answer.status).toBeLessThan(404);
  });
}
