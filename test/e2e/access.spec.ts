import { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject, HttpResult } from '../support/assay-acts';
import { createEmptyDatabase } from '../support/postgres';

type Who = 'nobody' | 'garbage' | 'stranger' | 'reader' | 'readOnlyWriter' | 'writer' | 'maintainer' | 'expired';
type Tokens = Record<Exclude<Who, 'nobody'>, string>;

/** What is asked of each face, and who is needed for it. */
const asks = {
  'the protocol, reading': ['GET', 'mlflow/api/2.0/mlflow/experiments/get?experiment_id=0'],
  'the protocol, searching': ['POST', 'mlflow/api/2.0/mlflow/runs/search', { experiment_ids: ['0'] }],
  'the protocol, writing': ['POST', 'mlflow/api/2.0/mlflow/runs/create', { experiment_id: '0' }],
  'an artifact, writing': ['PUT', `mlflow/api/2.0/mlflow-artifacts/artifacts/0/${'0'.repeat(32)}/artifacts/a.txt`],
  'the native API, reading': ['GET', ''],
  'the native API, maintaining': ['GET', 'tokens'],
  'a page, reading': ['GET', 'experiments'],
  'a page, maintaining': ['GET', 'settings'],
} as const;
type Ask = keyof typeof asks;
const needs: Record<Ask, 'read' | 'write' | 'maintain'> = {
  'the protocol, reading': 'read',
  'the protocol, searching': 'read',
  'the protocol, writing': 'write',
  'an artifact, writing': 'write',
  'the native API, reading': 'read',
  'the native API, maintaining': 'maintain',
  'a page, reading': 'read',
  'a page, maintaining': 'maintain',
};

/** 200 stands for whatever comes after the guard has let a request in. */
const onPrivate: Record<Who, Record<'read' | 'write' | 'maintain', number>> = {
  nobody: { read: 401, write: 401, maintain: 401 },
  garbage: { read: 401, write: 401, maintain: 401 },
  expired: { read: 401, write: 401, maintain: 401 },
  stranger: { read: 404, write: 404, maintain: 404 },
  reader: { read: 200, write: 403, maintain: 403 },
  readOnlyWriter: { read: 200, write: 403, maintain: 403 },
  writer: { read: 200, write: 200, maintain: 403 },
  maintainer: { read: 200, write: 200, maintain: 200 },
};
const onPublic: typeof onPrivate = {
  ...onPrivate,
  nobody: { read: 200, write: 401, maintain: 401 },
  stranger: { read: 200, write: 403, maintain: 403 },
};

describe('access', () => {
  let server: AssayServer;
  let database: { url: string; drop(): Promise<void> };
  let tokens: Tokens;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    server = await startAssay({ env: { ASSAY_DATABASE_URL: database.url } });
    for (const name of ['rita', 'otto', 'will', 'mara', 'stan']) await server.createUser(name);
    const of = async (name: string, options = {}): Promise<string> => (await server.createToken(name, options)).token;
    tokens = {
      garbage: 'garbage',
      stranger: await of('stan'),
      reader: await of('rita'),
      readOnlyWriter: await of('otto', { scopes: ['read'] }),
      writer: await of('will'),
      maintainer: await of('mara'),
      expired: await of('will', { expires_at: '2001-01-01T00:00:00Z' }),
    };
  });

  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  async function makeProject(path: string, visibility: 'public' | 'private' = 'private'): Promise<CreatedProject> {
    const project = await server.createProject(path, { visibility });
    for (const [name, role] of [
      ['rita', 'read'],
      ['otto', 'write'],
      ['will', 'write'],
      ['mara', 'maintain'],
    ] as const) {
      await server.addMember(path, name, role);
    }
    return project;
  }

  function ask(what: Ask, project: CreatedProject, token: string | undefined): Promise<HttpResult> {
    const [method, end, body] = asks[what];
    const native = `/api/v4/projects/${project.project_id}/ml${end === '' ? '' : `/${end}`}`;
    const path = what.startsWith('a page') ? `/${project.project}/-/ml/${end}` : native;
    const options = { ...(token !== undefined && { token }), ...(body && { body }) };
    return server.call(method, path, method === 'PUT' ? { ...options, content: 'x' } : options);
  }

  async function expectAnswers(project: CreatedProject, table: typeof onPrivate): Promise<void> {
    const wrong: string[] = [];
    for (const who of Object.keys(table) as Who[]) {
      for (const what of Object.keys(asks) as Ask[]) {
        const answer = await ask(what, project, who === 'nobody' ? undefined : tokens[who]);
        const expected = table[who][needs[what]];
        const fault = fitsFace(what, answer, expected);
        if (fault !== undefined)
          wrong.push(`${who}, ${what}: ${fault}\n  ${answer.status} ${answer.text.slice(0, 150)}`);
      }
    }
    expect(wrong).toEqual([]);
  }

  /** @returns what is wrong with the answer, undefined when it is as its face should answer */
  function fitsFace(what: Ask, answer: HttpResult, expected: number): string | undefined {
    if (expected === 200) return isLetIn(what, answer) ? undefined : 'should be let in';
    if (what.startsWith('a page'))
      return isPageRefusal(answer, expected) ? undefined : `should be a page's ${expected}`;
    if (answer.status !== expected) return `should be ${expected}`;
    const asksForToken = /^(Bearer|Basic)/.test(answer.headers.get('www-authenticate') ?? '');
    if (expected === 401 && !asksForToken) return 'does not ask for a token';
    return saysWhy(what, answer) ? undefined : 'has the wrong code, or says too little';
  }

  /** An upload below no run of the project gets past the guard, and no further. */
  function isLetIn(what: Ask, { status, text }: HttpResult): boolean {
    return what === 'an artifact, writing' ? status === 404 && !text.includes('no such project') : status === 200;
  }

  function isPageRefusal({ status, headers, text }: HttpResult, expected: number): boolean {
    if (expected === 401) return status === 303 && headers.get('location')?.includes('/sign_in?') === true;
    return (
      status === expected && headers.get('content-type')?.startsWith('text/html') === true && text.includes('</html>')
    );
  }

  function saysWhy(what: Ask, { status, json }: HttpResult): boolean {
    const codes: Record<number, [string, string]> = {
      401: ['UNAUTHENTICATED', 'unauthenticated'],
      403: ['PERMISSION_DENIED', 'forbidden'],
      404: ['RESOURCE_DOES_NOT_EXIST', 'not-found'],
    };
    const answer = json() as Record<string, unknown>;
    const [code, kind] = codes[status] ?? [];
    const isRight = what.startsWith('the native') ? answer['error'] === kind : answer['error_code'] === code;
    return isRight && typeof answer['message'] === 'string' && answer['message'].length >= 20;
  }

  it('to a private project is as the roles say, and strangers never learn that it exists', async () => {
    await expectAnswers(await makeProject('crew/private'), onPrivate);
  });

  it('to a public project lets anybody read, and nobody else write', async () => {
    await expectAnswers(await makeProject('crew/public', 'public'), onPublic);
  });

  it('to an archived project is reading alone', async () => {
    const project = await makeProject('crew/archived');
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('UPDATE assay_forge.projects SET archived = true WHERE project_id = $1', [project.project_id]);
    await client.end();
    const archived = Object.fromEntries(
      Object.entries(onPrivate).map(([who, { read, write, maintain }]) => [
        who,
        { read, write: write === 200 ? 403 : write, maintain: maintain === 200 ? 403 : maintain },
      ]),
    ) as typeof onPrivate;
    await expectAnswers(project, archived);
  });

  it('takes a token in every way that clients present one', async () => {
    const project = await makeProject('crew/ways');
    const path = `/api/v4/projects/${project.project_id}/ml`;
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const { writer } = tokens;
    for (const headers of [
      { authorization: `Bearer ${writer}` },
      { authorization: `token ${writer}` },
      basic(`will:${writer}`),
      basic(`anybody:${writer}`),
      { 'private-token': writer },
    ]) {
      expect({ headers, status: (await server.call('GET', path, { headers })).status }).toEqual({
        headers,
        status: 200,
      });
    }
    for (const headers of [basic('will:wrong'), { 'private-token': 'wrong' }, { authorization: 'Bearer ' }]) {
      const { status } = await server.call('GET', path, { headers });
      expect([400, 401]).toContain(status);
    }
  });

  it('says the same of a project that is not there as of one that may not be seen', async () => {
    const seen = await makeProject('crew/unseen');
    const nowhere = { ...seen, project_id: 4_711_000, project: 'crew/nowhere' };
    for (const what of Object.keys(asks) as Ask[]) {
      for (const token of [tokens.stranger, undefined]) {
        const [real, none] = [await ask(what, seen, token), await ask(what, nowhere, token)];
        const neutral = (text: string) =>
          text.replaceAll('nowhere', 'unseen').replaceAll('4711000', String(seen.project_id));
        expect({ what, status: none.status, text: neutral(none.text) }).toEqual({
          what,
          status: real.status,
          text: neutral(real.text),
        });
      }
    }
  });

  it("ends at once for a revoked token of Assay's own", async () => {
    const project = await makeProject('crew/own-token');
    const tokensPath = `/api/v4/projects/${project.project_id}/ml/tokens`;
    const made = await server.call('POST', tokensPath, {
      token: tokens.maintainer,
      body: { name: 'ci', role: 'write' },
    });
    expect(made.status).toBe(201);
    const { id, token } = made.json() as { id: string; token: string };
    expect((await ask('the protocol, writing', project, token)).status).toBe(200);
    const listed = await server.call('GET', tokensPath, { token: tokens.maintainer });
    expect(listed.text).toContain('"ci"');
    expect(listed.text).not.toContain(token);
    expect((await server.call('DELETE', `${tokensPath}/${id}`, { token: tokens.maintainer })).status).toBe(204);
    expect((await ask('the protocol, writing', project, token)).status).toBe(401);
  });

  it('ends within 60 s for a revoked token of the forge', async () => {
    const project = await makeProject('crew/forge-token');
    const { id, token } = await server.createToken('will');
    expect((await ask('the protocol, writing', project, token)).status).toBe(200);
    await server.revokeToken(id);
    const revoked = Date.now();
    while ((await ask('the protocol, writing', project, token)).status === 200) {
      if (Date.now() - revoked > 61_000) throw new Error('The token still writes 61 s after it was revoked.');
      await sleep(500);
    }
    expect((await ask('the protocol, writing', project, token)).status).toBe(401);
  }, 90_000);

  it('ends for everybody when the project is disabled, and comes back with the data when it is enabled again', async () => {
    const project = await makeProject('crew/disabled', 'public');
    const path = `/api/v4/projects/${project.project_id}/ml`;
    const made = await ask('the protocol, writing', project, tokens.writer);
    const run = (made.json() as { run: { info: { run_id: string } } }).run.info.run_id;
    const disabled = await server.call('DELETE', path, { token: tokens.maintainer });
    expect(disabled.status).toBe(204);
    for (const what of (Object.keys(asks) as Ask[]).filter(
      (name) => name !== 'the native API, reading' && name !== 'a page, maintaining',
    )) {
      for (const token of [tokens.reader, tokens.writer, tokens.maintainer, project.token]) {
        expect({ what, status: (await ask(what, project, token)).status }).toEqual({ what, status: 404 });
      }
    }
    expect((await server.call('GET', path, { token: tokens.reader })).json()).toMatchObject({ enabled: false });
    for (const token of [tokens.reader, tokens.writer]) {
      expect((await server.call('PUT', path, { token })).status).toBe(403);
    }
    expect((await server.call('PUT', path, { token: tokens.maintainer })).status).toBe(200);
    const again = await server.call('GET', `${project.tracking_uri}/api/2.0/mlflow/runs/get?run_id=${run}`, {
      token: tokens.reader,
    });
    expect(again.status).toBe(200);
  });
});
