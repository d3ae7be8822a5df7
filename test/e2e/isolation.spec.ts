import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject, HttpResult } from '../support/assay-acts';
import { findRoutes, type Route } from '../support/routes';
import { nativeBody, nativeQuery } from './native-requests';

/** Stands in everything that the other project keeps, and in no request that is made here. */
const secret = 'hidden';
const experiment = '3';

/** These end or make something in the caller's own project and name nothing of the other's. */
const ownEnding = ['DELETE /api/v4/projects/:project/ml', 'POST /:namespace/:name/-/ml/settings/disable'];

/** Answers at the caller's own address that would have to know a thing of the other project. */
const namesAThing = [
  /:iid/,
  /\/tokens\/:token/,
  /\/mlflow\/runs\/(?!search$)/,
  /\/mlflow\/metrics\//,
  /\/mlflow\/artifacts\/list$/,
  /\/mlflow\/experiments\/(?!create$|search$|search-datasets$|get-by-name$)/,
  /\/mlflow-artifacts\/artifacts\/\*$/,
  /\/mlflow\/logged-models\/:/,
  /\/-\/ml\/runs\/:run$/,
];

/** As a page refuses: the way to the form that takes a token. */
function isRefused({ status, headers }: HttpResult): boolean {
  return status === 401 || status === 404 || (status === 303 && /\/sign_in\?/.test(headers.get('location') ?? ''));
}

interface Side {
  project: CreatedProject;
  /** A project access token of the forge, one of Assay's own, and a maintainer's personal token. */
  tokens: { forge: string; own: string; person: string };
}

interface Target extends Side {
  runId: string;
  tokenId: string;
  modelId: string;
}

interface Sent {
  title: string;
  result: HttpResult;
  route: Route;
}

describe('two projects on one server', () => {
  let server: AssayServer;
  let mine: Side;
  let other: Target;
  let routes: Route[];

  beforeAll(async () => {
    routes = (await findRoutes()).declared;
    server = await startAssay();
    mine = await makeSide('rival/mine', 'mallory');
    other = await fill(await makeSide('guild/vault', 'alice'));
  });

  afterAll(async () => {
    await server.stop();
  });

  async function makeSide(path: string, user: string): Promise<Side> {
    const project = await server.createProject(path);
    await server.createUser(user);
    await server.addMember(path, user, 'maintain');
    const { token: person } = await server.createToken(user);
    const made = await server.call('POST', `/api/v4/projects/${project.project_id}/ml/tokens`, {
      token: person,
      body: { name: `${secret} of ${user}`, role: 'maintain' },
    });
    return { project, tokens: { forge: project.token, own: (made.json() as { token: string }).token, person } };
  }

  async function fill(side: Side): Promise<Target> {
    const api = `${side.project.tracking_uri}/api/2.0/mlflow`;
    const post = async (path: string, body: object): Promise<HttpResult> => {
      const answer = await server.call('POST', `${api}/${path}`, { token: side.tokens.person, body });
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
      return answer;
    };
    for (const number of [1, 2, 3]) await post('experiments/create', { name: `${secret} experiment ${number}` });
    let runId = '';
    for (const number of [1, 2, 3]) {
      const created = await post('runs/create', { experiment_id: experiment, run_name: `${secret} run ${number}` });
      runId = (created.json() as { run: { info: { run_id: string } } }).run.info.run_id;
    }
    await post('runs/log-metric', { run_id: runId, key: `${secret}-metric`, value: 1, timestamp: 1 });
    await post('runs/log-parameter', { run_id: runId, key: `${secret}-param`, value: secret });
    await post('runs/set-tag', { run_id: runId, key: `${secret}-tag`, value: secret });
    await post('runs/set-tag', { run_id: runId, key: 'assay.merge_request', value: '1' });
    const model = { experiment_id: experiment, name: `${secret}-model`, source_run_id: runId };
    const created = await post('logged-models', model);
    const { model_id: modelId } = (created.json() as { model: { info: { model_id: string } } }).model.info;
    await server.push(side.project.project, 'topic');
    await server.createMergeRequest(side.project.project, 'topic', `${secret} change`);
    const uploaded = await server.call(
      'PUT',
      `${side.project.tracking_uri}/api/2.0/mlflow-artifacts/artifacts/${rootOf(runId)}/plots/curve.txt`,
      {
        token: side.tokens.person,
        content: `${secret} content`,
      },
    );
    expect(uploaded.status).toBe(200);
    const tokens = await server.call('GET', `/api/v4/projects/${side.project.project_id}/ml/tokens`, {
      token: side.tokens.person,
    });
    const tokenId = (tokens.json() as { tokens: { id: string }[] }).tokens[0]?.id ?? '';
    return { ...side, runId, tokenId, modelId };
  }

  const rootOf = (runId: string): string => `${experiment}/${runId}/artifacts`;

  /** Every id of the other project under every name that any route reads. */
  function fieldsOf({ runId, modelId }: Target, { path }: Route): Record<string, string | string[]> {
    const ids = {
      run_id: runId,
      run_uuid: runId,
      run_ids: [runId],
      model_id: modelId,
      experiment_id: experiment,
      experiment_ids: [experiment],
    };
    const rest = {
      experiment_name: 'some',
      name: 'some',
      new_name: 'some',
      metric_key: 'm',
      artifact_file_path: 'plots/curve.txt',
      key: 'k',
      value: '1',
      timestamp: '1',
    };
    return {
      ...ids,
      ...rest,
      max_results: '10',
      path: `${rootOf(runId)}/plots`,
      status: path.includes('logged-models') ? 'LOGGED_MODEL_READY' : 'FINISHED',
      model_json: JSON.stringify({ run_id: runId, artifact_path: 'm', flavors: {}, utc_time_created: 't' }),
    };
  }

  function addressOf({ path }: Route, address: { project: string; path: string }, target: Target): string {
    const [namespace = '', name = ''] = address.path.split('/');
    const values: Record<string, string | undefined> = {
      ...{ project: address.project, namespace, name, iid: path.includes('merge_requests') ? '1' : '3' },
      ...{ token: target.tokenId, id: '1', username: 'alice', forge: 'local', run: target.runId },
      ...{ model_id: target.modelId, modelId: target.modelId, model: target.modelId, tag_key: 'k', key: 'k' },
    };
    const below = path.includes('/artifacts/raw/') ? 'plots/curve.txt' : 'api/2.0/mlflow/nonsense';
    const rest = path.includes('mlflow-artifacts') ? `${rootOf(target.runId)}/plots/curve.txt` : below;
    return path.replace(/\*$/, rest).replace(/:(\w+)/g, (_, parameter: string) => {
      const value = values[parameter];
      if (value === undefined)
        throw new Error(`The route ${path} has the parameter ${parameter}: say here what it may be.`);
      return value;
    });
  }

  async function send(route: Route, address: { project: string; path: string }, token: string): Promise<Sent[]> {
    const sent: Sent[] = [];
    for (const method of route.method === 'ALL' ? ['GET', 'POST'] : [route.method]) {
      const path = addressOf(route, address, other);
      const fields = fieldsOf(other, route);
      const query = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
      );
      const asked = route.path.includes('/mlflow/') ? `?${query.toString()}` : nativeQuery(route.path);
      const body = route.native
        ? nativeBody(route.path)
        : { ...fields, models: [{ model_id: other.modelId, step: 0 }] };
      const result =
        method === 'GET'
          ? await server.call('GET', `${path}${asked}`, { token })
          : await server.call(method, `${path}${route.native ? asked : ''}`, { token, body });
      sent.push({ title: `${method} ${route.path}`, result, route });
    }
    return sent;
  }

  /** What the other project is, as its own maintainer sees it. */
  async function stateOf({ project, tokens, runId, modelId }: Target): Promise<string[]> {
    const uri = `${project.tracking_uri}/api/2.0`;
    const paths = [
      `${uri}/mlflow/runs/get?run_id=${runId}`,
      `${uri}/mlflow/experiments/search?max_results=100&view_type=ALL`,
      `${uri}/mlflow/metrics/get-history?run_id=${runId}&metric_key=${secret}-metric`,
      `${uri}/mlflow-artifacts/artifacts/${rootOf(runId)}/plots/curve.txt`,
      `${uri}/mlflow/logged-models/${modelId}`,
      `${uri}/mlflow-artifacts/artifacts?path=${rootOf(runId)}/plots`,
      `/api/v4/projects/${project.project_id}/ml`,
    ];
    const answers = await Promise.all(paths.map((path) => server.call('GET', path, { token: tokens.person })));
    return answers.map(({ status, text }) => `${status} ${text}`);
  }

  it('keep what their own maintainer sees', async () => {
    for (const state of await stateOf(other)) expect(state).toMatch(/^200 /);
    expect((await stateOf(other)).filter((state) => state.includes(secret)).length).toBeGreaterThanOrEqual(4);
  });

  it("answer nobody's token of the other, on any route, by id or by path", async () => {
    const before = await stateOf(other);
    const wrong: string[] = [];
    const addresses = [String(other.project.project_id), encodeURIComponent(other.project.project)];
    for (const route of routes) {
      for (const token of Object.values(mine.tokens)) {
        for (const project of route.path.includes(':project') ? addresses : addresses.slice(0, 1)) {
          for (const { title, result } of await send(route, { project, path: other.project.project }, token)) {
            const refused = route.permission === 'operator' ? result.status === 403 : isRefused(result);
            if (!refused && route.permission !== 'public')
              wrong.push(`${title}: ${result.status} ${result.text.slice(0, 200)}`);
            if (result.text.includes(secret)) wrong.push(`${title} tells: ${result.text.slice(0, 200)}`);
            if (result.text.includes('vault') && project === addresses[0] && route.path.includes(':project')) {
              wrong.push(`${title} tells the path: ${result.text.slice(0, 200)}`);
            }
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await stateOf(other)).toEqual(before);
  });

  it('answer nobody without a token either', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(({ permission }) => permission !== 'public')) {
      const path = addressOf(route, { project: String(other.project.project_id), path: other.project.project }, other);
      const answer = await server.call(route.method === 'ALL' ? 'GET' : route.method, path);
      if (!isRefused(answer) || answer.status === 404 || answer.text.includes(secret))
        wrong.push(`${route.method} ${route.path}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });

  it("find none of the other's things at their own address", async () => {
    const before = await stateOf(other);
    const wrong: string[] = [];
    const address = { project: String(mine.project.project_id), path: mine.project.project };
    let asked = 0;
    for (const route of routes) {
      if (ownEnding.includes(`${route.method} ${route.path}`) || route.permission === 'operator') continue;
      for (const { title, result } of await send(route, address, mine.tokens.person)) {
        const must = namesAThing.some((place) => place.test(route.path));
        if (must) asked += 1;
        if (must && result.status !== 404) wrong.push(`${title}: ${result.status} ${result.text.slice(0, 200)}`);
        if (result.text.includes(`${secret} `) && !result.text.includes(`${secret} of mallory`))
          wrong.push(`${title} tells: ${result.text.slice(0, 200)}`);
        // Nothing goes past a server whose artifacts are files: 501, whatever is asked for.
        if (result.status >= 500 && result.status !== 501) wrong.push(`${title}: ${result.status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(40);
    expect(await stateOf(other)).toEqual(before);
  });

  it('number their experiments and candidates each from the start', async () => {
    const { tracking_uri: uri, token } = await server.createProject('rival/second');
    const created = await server.call('POST', `${uri}/api/2.0/mlflow/experiments/create`, {
      token,
      body: { name: 'a' },
    });
    expect(created.json()).toEqual({ experiment_id: '1' });
  });
});
