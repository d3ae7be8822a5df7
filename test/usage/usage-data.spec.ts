import { Client } from 'pg';
import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject } from '../support/assay-acts';
import { createEmptyDatabase } from '../support/postgres';
import { until } from '../support/until';
import { createRun, post } from './tracked';

interface UsageData {
  recorded_at: string;
  version: string;
  counts: Record<'all_time' | 'last_28_days' | 'last_7_days', Record<string, number>>;
}

const nothing = {
  ml_experiments: 0,
  ml_candidates: 0,
  ml_logged_models: 0,
  projects_with_ml_enabled: 0,
  projects_with_ml_experiments: 0,
  projects_with_ml_candidates: 0,
  projects_with_ml_logged_models: 0,
  users_with_ml_candidates: 0,
  merge_requests_with_ml_candidates: 0,
};

describe('the usage of a server', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let server: AssayServer;
  let sql: Client;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    server = await startAssay({ env: { ASSAY_DATABASE_URL: database.url } });
    sql = new Client({ connectionString: database.url });
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await server.stop();
    await database.drop();
  });

  async function usage(): Promise<UsageData> {
    const answer = await server.call('GET', '/api/v4/usage_data/ml', { token: server.adminToken });
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return answer.json() as UsageData;
  }

  async function experiment(project: CreatedProject, name: string): Promise<string> {
    const answer = await post(server, project, 'experiments/create', { name });
    return (answer.json() as { experiment_id: string }).experiment_id;
  }

  const move = (table: string, days: number, where: string): Promise<unknown> =>
    sql.query(`UPDATE assay.${table} SET created_at = now() - interval '${days} days' WHERE ${where}`);

  /** Three projects, one without candidates; candidates of today, 10 days and 40 days ago. */
  async function track(): Promise<void> {
    const [birds, fish, empty] = [
      await server.createProject('usage/birds'),
      await server.createProject('usage/fish'),
      await server.createProject('usage/empty'),
    ];
    await server.createUser('ada');
    for (const { project } of [birds, fish]) await server.addMember(project, 'ada', 'write');
    const { token: ada } = await server.createToken('ada');
    const [own, wanted] = [await experiment(birds, 'own'), await experiment(birds, 'old')];
    await experiment(empty, 'planned');
    const old = await createRun(server, birds, wanted);
    await createRun(server, { ...birds, token: ada }, own);
    const deleted = await createRun(server, { ...birds, token: ada }, own);
    await post(server, birds, 'runs/delete', { run_id: deleted });
    const middle = await createRun(server, { ...fish, token: ada });
    const model = { experiment_id: '0', name: 'm', source_run_id: middle };
    await post(server, fish, 'logged-models', model);
    const sha = await server.push(birds.project, 'topic');
    await server.createMergeRequest(birds.project, 'topic');
    const tags = [{ key: 'mlflow.source.git.commit', value: sha }];
    await post(server, birds, 'runs/create', { experiment_id: own, tags });
    await until('the candidate is linked', 20_000, async () => {
      const { rows } = await sql.query<object>('SELECT 1 FROM assay.merge_request_links');
      return rows.length === 1 ? true : undefined;
    });
    const uuid = (id: string): string => `eid = '${id}'`;
    await move('candidates', 40, uuid(old));
    await move('experiments', 40, `name = 'old'`);
    await move('candidates', 10, uuid(middle));
    await move('merge_request_links', 10, 'true');
    await sql.query(`UPDATE assay.projects SET enabled_at = now() - interval '40 days' WHERE path = 'usage/birds'`);
  }

  it('is for the operator alone', async () => {
    const project = await server.createProject('usage/asking');
    expect((await server.call('GET', '/api/v4/usage_data/ml')).status).toBe(401);
    expect((await server.call('GET', '/api/v4/usage_data/ml', { token: project.token })).status).toBe(403);
    await server.call('DELETE', `/api/v4/projects/${project.project_id}/ml`, { token: server.adminToken });
    await sql.query('UPDATE assay.projects SET enabled = false');
  });

  it('is nothing before anybody does anything, and the answer serves for an hour', async () => {
    const first = await usage();
    expect(first).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string });
    expect(Math.abs(Date.parse(first.recorded_at) - Date.now())).toBeLessThan(60_000);
    expect(first.counts).toEqual({ all_time: nothing, last_28_days: nothing, last_7_days: nothing });
    await track();
    expect(await usage()).toEqual(first);
  });

  it('counts what was made in each period, deleted candidates too, the Default experiment not', async () => {
    await server.terminate();
    await server.restart();
    const { counts } = await usage();
    expect(counts).toEqual({
      all_time: {
        ...{ ml_experiments: 3, ml_candidates: 5, ml_logged_models: 1 },
        ...{ projects_with_ml_enabled: 3, projects_with_ml_experiments: 2 },
        ...{ projects_with_ml_candidates: 2, projects_with_ml_logged_models: 1 },
        ...{ users_with_ml_candidates: 2, merge_requests_with_ml_candidates: 1 },
      },
      last_28_days: {
        ...{ ml_experiments: 2, ml_candidates: 4, ml_logged_models: 1 },
        ...{ projects_with_ml_enabled: 2, projects_with_ml_experiments: 2 },
        ...{ projects_with_ml_candidates: 2, projects_with_ml_logged_models: 1 },
        ...{ users_with_ml_candidates: 2, merge_requests_with_ml_candidates: 1 },
      },
      last_7_days: {
        ...{ ml_experiments: 2, ml_candidates: 3, ml_logged_models: 1 },
        ...{ projects_with_ml_enabled: 2, projects_with_ml_experiments: 2 },
        ...{ projects_with_ml_candidates: 1, projects_with_ml_logged_models: 1 },
        ...{ users_with_ml_candidates: 2, merge_requests_with_ml_candidates: 0 },
      },
    });
  });
});
